# Set-up shared by packaging\run.ps1 and packaging\test.ps1, dot-sourced by them. Windows PowerShell 5.1 or newer.
# Saved with a byte order mark: without it PowerShell 5.1 would not read the Chinese texts as UTF-8.

$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
$Root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
$Venv = if ($env:XIESHANG_VENV) { $env:XIESHANG_VENV } else { Join-Path $Root '.venv' }
$VenvPython = Join-Path $Venv 'Scripts\python.exe'

# Stop with a sentence instead of PowerShell's red block.
function Stop-Setup([string[]] $Lines) {
    $Lines | ForEach-Object { Write-Host $_ }
    exit 1
}

# True if the command is a 64-bit Python 3.11 or newer. $Command: the program, then its own arguments.
function Test-Python([string[]] $Command) {
    if (-not (Get-Command $Command[0] -ErrorAction SilentlyContinue)) { return $false }
    $first, $rest = $Command
    $rest = @($rest | Where-Object { $_ })
    # Under 'Stop', PowerShell 5.1 takes one line on a program's stderr for a failure of the script.
    $ErrorActionPreference = 'Continue'
    & $first @rest -c 'import sys; sys.exit(not (sys.version_info >= (3, 11) and sys.maxsize > 2**32))' 2>&1 | Out-Null
    return $LASTEXITCODE -eq 0
}

# The command that starts a fitting Python, as a list; nothing if there is none.
function Find-Python {
    $programs = Join-Path $env:LOCALAPPDATA 'Programs\Python'
    $candidates = @(
        @('py', '-3.12'), @('py', '-3.13'), @('py', '-3.11'),
        @((Join-Path $programs 'Python312\python.exe')), @((Join-Path $programs 'Python313\python.exe')),
        @((Join-Path $programs 'Python311\python.exe')), @('python')
    )
    foreach ($candidate in $candidates) {
        if (Test-Python $candidate) { return $candidate }
    }
}

function Install-Python {
    if (-not (Get-Command 'winget' -ErrorAction SilentlyContinue)) { return }
    Write-Host '这台电脑还没有 Python 3.11 或更新的版本，正在安装 Python 3.12（只装给当前用户）。'
    & winget install --id Python.Python.3.12 --exact --scope user --accept-package-agreements --accept-source-agreements
    if ($LASTEXITCODE -ne 0) { Write-Host 'Python 没有自动装上。' }
}

# Run the .venv's Python and stop with the given lines if it fails.
function Invoke-VenvPython([string[]] $Arguments, [string[]] $OnFailure) {
    & $VenvPython @Arguments
    if ($LASTEXITCODE -ne 0) { Stop-Setup $OnFailure }
}

# The .venv as the lock pins it, checked by hash. Nothing is fetched if nothing changed since the last time.
# $SourceLock names what is published as source only; the tools that build it are in $Lock.
function Initialize-Venv([string] $Purpose, [string] $Lock, [string] $SourceLock) {
    if (-not (Test-Python @($VenvPython))) {
        if ((Test-Path $Venv) -and -not (Test-Path (Join-Path $Venv 'pyvenv.cfg')) -and (Get-ChildItem -Force $Venv)) {
            Stop-Setup "$Venv 里有别的东西，没有动它。请把环境变量 XIESHANG_VENV 设成另一个文件夹，再运行一次。"
        }
        $python = @(Find-Python)
        if (-not $python) {
            Install-Python
            $python = @(Find-Python)
        }
        if (-not $python) {
            Stop-Setup '没有找到 64 位的 Python 3.11 或更新的版本。', `
                '请在“Microsoft Store”里搜索并安装 Python 3.12，再运行一次。'
        }
        Write-Host "正在建立 Python 环境：$Venv"
        if (Test-Path $Venv) { Remove-Item -Recurse -Force $Venv }
        $first, $rest = $python
        $rest = @($rest | Where-Object { $_ })
        & $first @rest -m venv $Venv
        if ($LASTEXITCODE -ne 0) { Stop-Setup "没有建成 $Venv。请看看这个位置能不能写、磁盘还有没有空间。" }
    }

    # The command `xieshang` in the .venv, for whoever works in a terminal.
    $command = "@echo off`r`nset PYTHONPATH=$Root`r`nset PYTHONUTF8=1`r`n`"%~dp0python.exe`" -P -m app %*`r`n"
    [IO.File]::WriteAllText((Join-Path $Venv 'Scripts\xieshang.cmd'), $command, [Text.Encoding]::Default)

    $locks = @($Lock, $SourceLock) | Where-Object { $_ }
    $wanted = ($locks | ForEach-Object { (Get-FileHash -Algorithm SHA256 -Path $_).Hash }) -join ' '
    $stamp = Join-Path $Venv ".locked-$Purpose"
    if ((Test-Path $stamp) -and (Get-Content -Raw $stamp).Trim() -eq $wanted) { return }

    Write-Host '正在下载程序用到的部件（第一次约 200 MB，要几分钟），每一个都核对校验值。'
    $broken = '部件没有装全，你的资料没有动。多半是网络断了，连上以后再运行一次会接着装。', `
        '上面要是写着 HASHES，就是收到的文件和锁定的不一样，没有装它。'
    $pip = @('-m', 'pip', 'install', '-qq', '--disable-pip-version-check', '--no-input', '--require-hashes')
    Invoke-VenvPython ($pip + @('--only-binary', ':all:', '-r', $Lock)) $broken
    if ($SourceLock) {
        Invoke-VenvPython ($pip + @('--no-deps', '--no-build-isolation', '-r', $SourceLock)) $broken
    }
    Set-Content -Path $stamp -Value $wanted -Encoding ASCII
}

# PowerShell before 7.3 hands quotes and closing backslashes to programs unescaped.
function ConvertTo-NativeArgument([object[]] $Arguments) {
    if ($PSVersionTable.PSVersion -ge [Version] '7.3') { return $Arguments }
    foreach ($argument in $Arguments) {
        $text = [string] $argument -replace '(\\*)"', '$1$1\"'
        if ($text -match '\s') { $text = $text -replace '(\\+)$', '$1$1' }
        $text
    }
}

# Run the .venv's Python with these variables set, put the old ones back, and return its exit code.
function Invoke-WithEnvironment([hashtable] $Variables, [object[]] $Arguments) {
    $before = @{}
    foreach ($name in $Variables.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $Variables[$name])
    }
    try {
        $native = @(ConvertTo-NativeArgument $Arguments)
        & $VenvPython @native | Out-Host
        return $LASTEXITCODE
    }
    finally {
        foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }
}
