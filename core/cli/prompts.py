"""`pilotfish prompts list|show ID|eval ID`: the prompt library and its evaluation."""

from __future__ import annotations

import argparse
import locale
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.cli.arguments import given_folder, one_of
from core.cli.assisting import with_assist
from core.cli.context import Context
from core.engine.assist_service import AssistService
from core.errors import UsageError
from core.llm.chat import Tier
from core.prompts.evaluation import Scored, read_cases
from core.prompts.library import Library
from core.prompts.model import Case, Prompt, PromptList
from core.vault.location import vault_root


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.add_argument("action", choices=["list", "show", "eval"])
    parser.add_argument("id", nargs="?", default="", metavar="ID")
    parser.add_argument("--vault", type=given_folder, metavar="VAULT", help="whose own prompts count as well")
    parser.add_argument("--language", choices=["en", "zh"], default="", help="of titles and texts")
    parser.add_argument("--set", type=Path, metavar="FILE", help="cases as JSONL instead of the prompt's own")
    parser.add_argument("--tier", type=one_of(Tier), choices=list(Tier), default=None)
    parser.add_argument("--against", type=int, default=0, metavar="VERSION", help="compare with this version")


def run(args: argparse.Namespace, context: Context) -> int:
    """List, show or evaluate."""
    vault = vault_root(args.vault) if args.vault else None
    language = args.language or (
        "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
    )
    library = Library(vault)
    if args.action == "list":
        return _list(library.prompts(language), language, context)
    if not args.id:
        raise UsageError(f"`prompts {args.action}` needs the id of a prompt.")
    prompt = library.get(args.id, language)
    if args.action == "show":
        return _show(prompt, context)
    versions = [prompt, *([library.get(args.id, language, args.against)] if args.against else [])]
    return _evaluate(versions, args, context)


def _list(found: PromptList, language: str, context: Context) -> int:
    for problem in found.problems:
        context.output.warn(f"pilotfish: {problem.file}, line {problem.line}: {problem.text}")
    if context.output.json_wanted:
        context.output.result({"prompts": [_row(prompt, language) for prompt in found.prompts]})
        return 0
    for prompt in found.prompts:
        context.output.say(f"{prompt.id:<20} {prompt.title.of(language)}: {prompt.about.of(language)}")
    return 0


def _row(prompt: Prompt, language: str) -> dict[str, Any]:
    return {
        "id": prompt.id,
        "version": prompt.version,
        "title": prompt.title.of(language),
        "scope": prompt.scope,
        "tier": prompt.tier,
        "cases": len(prompt.cases),
        "own": prompt.own,
    }


def _show(prompt: Prompt, context: Context) -> int:
    if context.output.json_wanted:
        context.output.result(prompt)
        return 0
    context.output.say(f"{prompt.id}, version {prompt.version}, {prompt.file}\n")
    for variable in prompt.variables:
        choices = f" ({' / '.join(variable.choices)})" if variable.choices else ""
        needed = ", required" if variable.required else ""
        context.output.say(f"  --set {variable.name}=…  {variable.title.en}{choices}{needed}")
    context.output.say(f"\n{prompt.body}")
    return 0


def _evaluate(versions: Sequence[Prompt], args: argparse.Namespace, context: Context) -> int:
    cases = _cases(versions[0], args.set)
    vault = args.vault or context.places.data / "no-vault"

    async def work(service: AssistService) -> list[list[Scored]]:
        return [await service.evaluate(prompt, cases, args.tier) for prompt in versions]

    results = with_assist(vault, context, work)
    if context.output.json_wanted:
        shown = [_result(p, scored) for p, scored in zip(versions, results, strict=True)]
        context.output.result({"id": versions[0].id, "versions": shown})
        return 0
    for prompt, scored in zip(versions, results, strict=True):
        _say(prompt, scored, context)
    return 0


def _cases(prompt: Prompt, file: Path | None) -> tuple[Case, ...]:
    if file is not None:
        try:
            cases = read_cases(file.read_text(encoding="utf-8-sig").split("\n"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"The evaluation set {file} cannot be read.") from error
    else:
        cases = prompt.cases
    if not cases:
        raise UsageError(f"The prompt “{prompt.id}” has no cases; name a file with --set.")
    return cases


def _result(prompt: Prompt, scored: Sequence[Scored]) -> dict[str, Any]:
    return {
        "version": prompt.version,
        "score": sum(one.score for one in scored) / len(scored),
        "cases": [
            {
                "name": one.case.name,
                "score": one.score,
                "failed": [check.text for check in one.checks if not check.passed],
                "result": one.result,
            }
            for one in scored
        ],
    }


def _say(prompt: Prompt, scored: Sequence[Scored], context: Context) -> None:
    context.output.say(f"{prompt.id}, version {prompt.version}")
    for one in scored:
        failed = "; ".join(check.text for check in one.checks if not check.passed)
        context.output.say(f"  {one.score:4.0%}  {one.case.name}" + (f": not {failed}" if failed else ""))
    context.output.say(f"  {sum(one.score for one in scored) / len(scored):4.0%}  in all")
