; What the app itself has told Windows goes with it. The data root stays: it holds the user's environments.
!macro customUnInstall
  DeleteRegKey HKCU "Software\Classes\beep-python"
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "io.github.beep-python.host"
!macroend
