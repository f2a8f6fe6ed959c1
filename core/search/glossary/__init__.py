"""A bilingual dictionary for searching across languages: a question's words put into the other language.

    glossary    `Glossary`, which gives the search terms of a question; reads one small file
    building    makes that file once per installation, in a child process, from two installed packages

The other modules are their parts: `cedict` reads the dictionary, `english` takes English text apart, `tables`
writes the file. Searching goes without a glossary until there is one:

    terms = Glossary(building.build(models_dir)).terms("鱼为什么游泳?", into="en")

The entries are those of CC-CEDICT (https://cc-cedict.org), licence CC BY-SA 4.0.
"""
