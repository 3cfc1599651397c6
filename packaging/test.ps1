# Set up what is missing and run the tests. In the project folder:
#   powershell -ExecutionPolicy Bypass -File packaging\test.ps1 [--slow] [arguments of pytest ...]
# --slow adds what takes minutes, the frozen build among it. Tests that need an X server are for Linux only.

. (Join-Path $PSScriptRoot 'windows\setup.ps1')
Initialize-Venv 'test' (Join-Path $Root 'requirements-dev.lock') (Join-Path $Root 'requirements-source.lock')

$rest = @($args)
$selection = 'not slow and not xvfb'
if ($rest.Count -gt 0 -and $rest[0] -eq '--slow') {
    $selection = 'not xvfb'
    $rest = @($rest | Select-Object -Skip 1)
}

$platform = if ($env:QT_QPA_PLATFORM) { $env:QT_QPA_PLATFORM } else { 'offscreen' }
Push-Location $Root
try {
    $code = Invoke-WithEnvironment @{ QT_QPA_PLATFORM = $platform; PYTHONUTF8 = '1' } `
        (@('-m', 'pytest', '-n', 'auto', '--dist', 'loadfile', '-m', $selection) + $rest)
}
finally {
    Pop-Location
}
exit $code
