@echo off
rem Installs GovTracker for the current user: runs install-windows.ps1 beside this file.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0install-windows.ps1" %*
echo.
pause
