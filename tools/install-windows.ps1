<#
.SYNOPSIS
    GovTracker를 윈도에 설치합니다 (관리자 권한이 필요 없습니다).

.DESCRIPTION
    파이썬 3.11~3.14(64비트)를 찾아 %LOCALAPPDATA%\GovTracker\venv에 가상 환경을 만들고,
    잠근 꾸러미와 이 폴더의 프로그램을 설치한 뒤 바탕 화면과 시작 메뉴에 바로가기를 만듭니다.
    새 판을 받은 폴더에서 다시 실행하면 그 판으로 바뀝니다. 장부 파일은 건드리지 않습니다.

.PARAMETER Python
    쓸 python.exe의 경로. 적지 않으면 스스로 찾습니다.

.PARAMETER Wheels
    인터넷이 안 되는(망분리) PC에서 쓸, 미리 받아 둔 꾸러미 폴더. 적지 않아도 이 프로그램 폴더에
    wheels 폴더가 있으면 그것을 씁니다. 같은 판의 파이썬이 있는 인터넷 PC에서 이렇게 받습니다:
        py -3 -m pip download --require-hashes -r requirements\lock.txt -d wheels

.PARAMETER NoShortcut
    바로가기를 만들지 않습니다.

.PARAMETER Uninstall
    프로그램과 바로가기를 지웁니다. 장부와 설정은 남깁니다.

.EXAMPLE
    powershell -ExecutionPolicy Bypass -File tools\install-windows.ps1
#>
[CmdletBinding()]
param(
    [string]$Python = '',
    [string]$Wheels = '',
    [switch]$NoShortcut,
    [switch]$Uninstall
)

# Has to run in PowerShell 5.1, too, which Windows brings along. The help above is what Get-Help shows.
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$env:PYTHONUTF8 = '1'
$env:PYTHONIOENCODING = 'utf-8'
# Keeps 'py' from downloading a missing version on its own.
$env:PYTHON_MANAGER_AUTOMATIC_INSTALL = 'false'
$env:PIP_DISABLE_PIP_VERSION_CHECK = '1'
try { [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false } catch { Write-Verbose "$_" }

$root = Split-Path -Parent $PSScriptRoot
# Books and settings may be in the same folder, so the installer makes and removes the venv folder only.
$appDir = Join-Path $env:LOCALAPPDATA 'GovTracker'
$venv = Join-Path $appDir 'venv'
$venvPython = Join-Path $venv 'Scripts\python.exe'
$venvPythonw = Join-Path $venv 'Scripts\pythonw.exe'
$shortcuts = @(
    (Join-Path ([Environment]::GetFolderPath('Desktop')) 'GovTracker.lnk'),
    (Join-Path ([Environment]::GetFolderPath('Programs')) 'GovTracker.lnk')
)
# No quotes or angle brackets: the Windows command line may mangle them.
$probe = 'import sys; ok = sys.version_info[:2] in [(3, 11), (3, 12), (3, 13), (3, 14)] and sys.maxsize.bit_length() == 63; print(sys.executable if ok else str())'

function Write-Step([string]$Text) {
    Write-Host "[GovTracker] $Text" -ForegroundColor Cyan
}

function Stop-Install([string]$Text) {
    Write-Host ''
    Write-Host "[GovTracker] 오류: $Text" -ForegroundColor Red
    exit 1
}

# The path of python.exe where that Python fits, else an empty string.
function Test-Python([string]$Command, [string[]]$Arguments) {
    if (-not (Get-Command $Command -CommandType Application -ErrorAction SilentlyContinue)) { return '' }
    $ErrorActionPreference = 'SilentlyContinue'
    $all = @($Arguments | Where-Object { $_ }) + @('-c', $probe)
    $output = @(& $Command @all 2>$null)
    if ($LASTEXITCODE -ne 0 -or $output.Count -eq 0) { return '' }
    return ([string]$output[-1]).Trim()
}

function Find-Python {
    if ($Python) { return (Test-Python $Python @()) }
    foreach ($version in @('-3.13', '-3.12', '-3.11', '-3.14', '-3')) {
        $found = Test-Python 'py' @($version)
        if ($found) { return $found }
    }
    foreach ($name in @('python', 'python3')) {
        $found = Test-Python $name @()
        if ($found) { return $found }
    }
    return ''
}

function Invoke-Pip([string[]]$Arguments, [string]$Failure) {
    & $venvPython -m pip install --quiet @Arguments
    if ($LASTEXITCODE -ne 0) { Stop-Install $Failure }
}

function New-Shortcut([string]$Path, [string]$Icon) {
    $shell = New-Object -ComObject WScript.Shell
    $link = $shell.CreateShortcut($Path)
    $link.TargetPath = $venvPythonw
    $link.Arguments = '-m govtracker'
    $link.WorkingDirectory = [Environment]::GetFolderPath('MyDocuments')
    $link.Description = '지방자치단체 공약 이행 보고서 (GovTracker)'
    if ($Icon) { $link.IconLocation = "$Icon,0" }
    $link.Save()
}

# ---------------------------------------------------------------------- uninstall
if ($Uninstall) {
    foreach ($path in $shortcuts) {
        if (Test-Path -LiteralPath $path) { Remove-Item -LiteralPath $path -Force }
    }
    if (Test-Path -LiteralPath $venv) {
        try { Remove-Item -LiteralPath $venv -Recurse -Force }
        catch { Stop-Install "프로그램을 지우지 못했습니다. GovTracker 창을 모두 닫고 다시 하세요. ($_)" }
    }
    Write-Step '프로그램을 지웠습니다. 장부와 설정은 그대로 있습니다.'
    exit 0
}

# ------------------------------------------------------------------------ install
foreach ($needed in @('pyproject.toml', 'requirements\lock.txt', 'govtracker\__init__.py')) {
    if (-not (Test-Path -LiteralPath (Join-Path $root $needed))) {
        Stop-Install "프로그램 폴더가 온전하지 않습니다: $needed 이(가) 없습니다. 압축을 모두 푼 뒤 다시 하세요."
    }
}

Write-Step '파이썬을 찾습니다.'
$pythonExe = Find-Python
if (-not $pythonExe) {
    Stop-Install ("파이썬 3.11~3.14 (64비트)를 찾지 못했습니다.`n" +
        "  파이썬 공식 누리집이나 Microsoft Store에서 'Python 3.13'을 설치한 뒤 다시 실행하세요.`n" +
        '  다른 곳에 있으면: install-windows.ps1 -Python C:\경로\python.exe')
}
Write-Step "파이썬: $pythonExe"

$source = @()
if (-not $Wheels) {
    $beside = Join-Path $root 'wheels'
    if (Test-Path -LiteralPath $beside) { $Wheels = $beside }
}
if ($Wheels) {
    if (-not (Test-Path -LiteralPath $Wheels)) { Stop-Install "꾸러미 폴더가 없습니다: $Wheels" }
    $Wheels = (Resolve-Path -LiteralPath $Wheels).ProviderPath
    $source = @('--no-index', '--find-links', $Wheels)
    Write-Step "인터넷 없이 설치합니다: $Wheels"
}

# Where the Python beneath was removed or replaced the virtual environment is made anew.
if (Test-Path -LiteralPath $venv) {
    $usable = ''
    if (Test-Path -LiteralPath $venvPython) { $usable = Test-Python $venvPython @() }
    if (-not $usable) {
        try { Remove-Item -LiteralPath $venv -Recurse -Force }
        catch { Stop-Install "옛 설치를 지우지 못했습니다. GovTracker 창을 모두 닫고 다시 하세요. ($_)" }
    }
}
if (-not (Test-Path -LiteralPath $venvPython)) {
    Write-Step "가상 환경을 만듭니다: $venv"
    New-Item -ItemType Directory -Path $appDir -Force | Out-Null
    & $pythonExe -m venv $venv
    if ($LASTEXITCODE -ne 0) { Stop-Install '가상 환경을 만들지 못했습니다. 디스크 자리와 백신 차단을 살펴보세요.' }
}

Write-Step '필요한 꾸러미를 설치합니다. 처음에는 몇 분 걸립니다.'
$lock = Join-Path $root 'requirements\lock.txt'
Invoke-Pip ($source + @('--require-hashes', '-r', $lock)) `
    '꾸러미를 설치하지 못했습니다. 인터넷 연결을 확인하고, GovTracker 창이 열려 있으면 닫은 뒤 다시 하세요.'

Write-Step '프로그램을 설치합니다.'
Invoke-Pip @('--no-index', '--no-deps', '--no-build-isolation', '--force-reinstall', $root) `
    '프로그램을 설치하지 못했습니다. GovTracker 창이 열려 있으면 닫은 뒤 다시 하세요.'

& $venvPython -c 'import govtracker, PySide6.QtWidgets'
if ($LASTEXITCODE -ne 0) {
    Stop-Install '설치는 되었으나 프로그램을 불러올 수 없습니다. Microsoft Visual C++ 재배포 패키지(x64)를 설치한 뒤 다시 하세요.'
}

if (-not $NoShortcut) {
    $resources = Join-Path $venv 'Lib\site-packages\govtracker\_resources'
    $icon = ''
    if (Test-Path -LiteralPath $resources) {
        $file = Get-ChildItem -LiteralPath $resources -Recurse -Filter '*.ico' | Select-Object -First 1
        if ($file) { $icon = $file.FullName }
    }
    foreach ($path in $shortcuts) {
        try { New-Shortcut $path $icon }
        catch { Write-Warning "바로가기를 만들지 못했습니다: $path ($_)" }
    }
}

Write-Host ''
Write-Step "설치를 마쳤습니다. 바탕 화면이나 시작 메뉴의 'GovTracker'를 여세요."
Write-Step "명령 창에서는: $(Join-Path $venv 'Scripts\govtracker.exe') --help"
