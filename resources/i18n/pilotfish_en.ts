<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>DocumentsBar</name>
    <message numerus="yes">
        <source>%n documents read</source>
        <translation>
            <numerusform>%n document read</numerusform>
            <numerusform>%n documents read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already</source>
        <translation>
            <numerusform>%n was there already</numerusform>
            <numerusform>%n were there already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecordingDesk</name>
    <message numerus="yes">
        <source>Send %n recordings to {host} to be transcribed?</source>
        <translation>
            <numerusform>Send %n recording to {host} to be transcribed?</numerusform>
            <numerusform>Send %n recordings to {host} to be transcribed?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>Up to date: %n notes</source>
        <translation>
            <numerusform>Up to date: %n note</numerusform>
            <numerusform>Up to date: %n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message numerus="yes">
        <source>Up to date: %n notes</source>
        <translation>
            <numerusform>Up to date: %n note</numerusform>
            <numerusform>Up to date: %n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WordCount</name>
    <message numerus="yes">
        <source>{count} words</source>
        <translation>
            <numerusform>{count} word</numerusform>
            <numerusform>{count} words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} words selected</source>
        <translation>
            <numerusform>{count} word selected</numerusform>
            <numerusform>{count} words selected</numerusform>
        </translation>
    </message>
</context>
</TS>
