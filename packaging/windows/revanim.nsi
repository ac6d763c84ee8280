; The installer for Windows: for one person, without an administrator.
; packaging/build.py windows defines VERSION, BUNDLE, ICON and FILE.
Unicode true
SetCompressor /SOLID lzma
!include MUI2.nsh

Name "revanim"
OutFile "${FILE}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\revanim"
InstallDirRegKey HKCU "Software\revanim" "Folder"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "revanim"
VIAddVersionKey FileDescription "revanim"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "revanim contributors, MIT"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\revanim"
!define CLASSES "Software\Classes"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\revanim.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

Section
  ; An older version leaves whole, so that none of its files is found by the new one.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "Software\revanim" "Folder" "$INSTDIR"
  CreateShortCut "$SMPROGRAMS\revanim.lnk" "$INSTDIR\revanim.exe"

  WriteRegStr HKCU "${CLASSES}\.revanim" "" "revanim.scene"
  WriteRegStr HKCU "${CLASSES}\.revanim" "Content Type" "application/x-revanim+zip"
  WriteRegStr HKCU "${CLASSES}\revanim.scene" "" "revanim scene"
  WriteRegStr HKCU "${CLASSES}\revanim.scene\DefaultIcon" "" "$INSTDIR\revanim.exe,0"
  WriteRegStr HKCU "${CLASSES}\revanim.scene\shell\open\command" "" '"$INSTDIR\revanim.exe" "%1"'

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "revanim"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\revanim.exe,0"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "revanim contributors"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section Uninstall
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\revanim.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\revanim.lnk"
  DeleteRegKey HKCU "${CLASSES}\.revanim"
  DeleteRegKey HKCU "${CLASSES}\revanim.scene"
  DeleteRegKey HKCU "${UNINSTALL}"
  ; Preferences lie below the same key, and stay.
  DeleteRegValue HKCU "Software\revanim" "Folder"
  DeleteRegKey /ifempty HKCU "Software\revanim"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
