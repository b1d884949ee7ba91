@echo off
rem The terminal door of the installed app (resources\bin\beep-host.cmd): the app's own program, as plain Node.
setlocal
set ELECTRON_RUN_AS_NODE=1
"%~dp0..\..\Beep Python Host.exe" "%~dp0..\app.asar\dist\electron\cli.mjs" %*
exit /b %ERRORLEVEL%
