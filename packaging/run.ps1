# Set up what is missing and start the program. In the project folder:
#   powershell -ExecutionPolicy Bypass -File packaging\run.ps1 [command of the program ...]

. (Join-Path $PSScriptRoot 'windows\setup.ps1')
Initialize-Venv 'run' (Join-Path $Root 'requirements.lock')

# -P: the current folder is where the user's files are, never where code comes from.
exit (Invoke-WithEnvironment @{ PYTHONPATH = $Root; PYTHONUTF8 = '1' } (@('-P', '-m', 'app') + $args))
