; Inno Setup 6 script: `iscc packaging\windows\pilotfish.iss` on Windows, after `py packaging\dev.py package`.
; Installs for one person without administrator rights; nothing is registered that uninstalling leaves behind.

#define Version "0.1.0"

[Setup]
AppId={{6B0E6E55-52B1-4E54-9B0B-9C7F1C0F6A21}
AppName=Pilotfish
AppVersion={#Version}
AppPublisher=The Pilotfish authors
AppPublisherURL=https://pilotfish.example.org
DefaultDirName={autopf}\Pilotfish
DefaultGroupName=Pilotfish
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=pilotfish-{#Version}-setup
SetupIconFile=..\..\build\pilotfish.ico
UninstallDisplayIcon={app}\pilotfish.exe
Compression=lzma2/normal
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "..\..\dist\pilotfish\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\Pilotfish"; Filename: "{app}\pilotfish.exe"; AppUserModelID: "org.example.Pilotfish"
Name: "{group}\Ask your notes"; Filename: "{app}\pilotfish.exe"; Parameters: "quick-ask"; AppUserModelID: "org.example.Pilotfish"
Name: "{autodesktop}\Pilotfish"; Filename: "{app}\pilotfish.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\pilotfish.exe"; Description: "{cm:LaunchProgram,Pilotfish}"; Flags: nowait postinstall skipifsilent
