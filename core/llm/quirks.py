"""What is known of providers, as data: their addresses, and where they differ from plain OpenAI chat.

Sources: each provider's API reference, November 2026. What is not known here is learnt at run time: a
request that is refused is tried once more without its optional fields (see `openai_chat`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from core.llm.chat import Message, Role
from core.llm.endpoint import OPENAI_URL, host, is_loopback


@dataclass(frozen=True, slots=True)
class Quirks:
    """How a chat request must be written for one endpoint and model."""

    max_tokens_field: str = "max_tokens"
    stream_options: bool = True
    """Whether `stream_options` may be sent, which asks for the number of tokens."""
    temperature: bool = True
    system_role: bool = True
    """Where not, the system message is put before the first message of the user."""
    alternating: bool = False
    """Whether user and assistant must take turns; neighbours of one role are then joined."""
    temperatures: tuple[float, float] = (0.0, 2.0)
    """The lowest and the highest that is taken; others are moved to the nearer end."""
    inline_thinking: bool = True
    """Whether an answer may begin with `<think>...</think>`; `reasoning_content` is never shown anyway."""
    thinks: bool = False
    """Whether the thinking before an answer counts as its length, so that both need room."""
    fill_url: str = ""
    """Below which `/completions` takes a `suffix` and fills in what stands before it; empty: nowhere."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A provider that can be chosen by name."""

    name: str
    title: str
    base_url: str
    """For Azure with the resource's name still to be filled in."""
    hosts: tuple[str, ...]
    """Host names and suffixes (with a leading dot) by which its addresses are known."""
    needs_key: bool = True
    fast: str = ""
    """Model for the tier where none was named; empty: the first one the provider lists."""
    precise: str = ""
    transcription: str = ""
    """Model for recordings; empty: it has no `/audio/transcriptions` that is known."""
    quirks: Quirks = Quirks()


_PLAIN = Quirks(inline_thinking=False)
_TO_ONE = Quirks(inline_thinking=False, temperatures=(0.0, 1.0))
_OPENAI = Quirks(inline_thinking=False, max_tokens_field="max_completion_tokens")

PRESETS: tuple[Preset, ...] = (
    Preset("openai", "OpenAI", OPENAI_URL, ("api.openai.com",),
           fast="gpt-5-mini", precise="gpt-5", transcription="whisper-1", quirks=_OPENAI),
    Preset("azure", "Azure OpenAI", "https://RESOURCE.openai.azure.com/openai/v1",
           (".openai.azure.com", ".services.ai.azure.com"),
           quirks=_OPENAI),
    Preset("deepseek", "DeepSeek", "https://api.deepseek.com/v1", ("api.deepseek.com",),
           fast="deepseek-chat", precise="deepseek-reasoner",
           quirks=replace(_PLAIN, fill_url="https://api.deepseek.com/beta")),
    Preset("dashscope", "DashScope (Qwen)", "https://dashscope.aliyuncs.com/compatible-mode/v1",
           ("dashscope.aliyuncs.com", "dashscope-intl.aliyuncs.com"),
           fast="qwen-flash", precise="qwen-max", quirks=_PLAIN),
    Preset("moonshot", "Moonshot (Kimi)", "https://api.moonshot.cn/v1",
           ("api.moonshot.cn", "api.moonshot.ai"), quirks=_TO_ONE),
    Preset("zhipu", "Zhipu (GLM)", "https://open.bigmodel.cn/api/paas/v4", ("open.bigmodel.cn", "api.z.ai"),
           quirks=_TO_ONE),
    Preset("mistral", "Mistral", "https://api.mistral.ai/v1", ("api.mistral.ai", "codestral.mistral.ai"),
           fast="mistral-small-latest", precise="mistral-large-latest",
           transcription="voxtral-mini-latest",
           quirks=replace(_PLAIN, fill_url="https://api.mistral.ai/v1/fim")),
    Preset("qianfan", "Baidu Qianfan", "https://qianfan.baidubce.com/v2", ("qianfan.baidubce.com",),
           quirks=Quirks(temperatures=(0.01, 1.0))),
    Preset("openrouter", "OpenRouter", "https://openrouter.ai/api/v1", ("openrouter.ai",)),
    Preset("ollama", "Ollama", "http://127.0.0.1:11434/v1", (), needs_key=False),
    Preset("lmstudio", "LM Studio", "http://127.0.0.1:1234/v1", (), needs_key=False),
    Preset("llamacpp", "llama.cpp", "http://127.0.0.1:8080/v1", (), needs_key=False),
    Preset("vllm", "vLLM", "http://127.0.0.1:8000/v1", (), needs_key=False),
)  # fmt: skip

LOCAL_SERVERS: tuple[Preset, ...] = tuple(preset for preset in PRESETS if not preset.needs_key)
"""Servers that are looked for on their usual ports of this machine."""

_MODEL_QUIRKS: tuple[tuple[re.Pattern[str], Callable[[Quirks], Quirks]], ...] = (
    # Reasoning models of OpenAI take no temperature but the default one.
    (re.compile(r"^(openai/)?(o\d|gpt-5(?!.*chat))"), partial(replace, temperature=False)),
    # What these think counts as their answer's length. Others are learnt at run time, as DeepSeek's reasoner.
    (
        re.compile(r"^(openai/)?(o\d|gpt-5(?!.*chat))|^deepseek-reasoner|(^|/)(deepseek-r1|qwq|magistral)"),
        partial(replace, thinks=True),
    ),
    # The first o1 models take no system message.
    (re.compile(r"^(openai/)?o1-(mini|preview)"), partial(replace, system_role=False)),
    # Gemma's chat template has no system turn and some servers refuse one.
    (re.compile(r"(^|/)gemma-?[12]?[-:]"), partial(replace, system_role=False, alternating=True)),
    # The templates of Mistral's open models and DeepSeek's reasoner refuse two messages of one role in a row.
    (re.compile(r"(^|/)(mistral|mixtral)[-:]|^deepseek-reasoner"), partial(replace, alternating=True)),
)

# Models that were trained to fill in the middle; others take a suffix and make nothing of it.
_FILLS_IN = re.compile(
    r"(?:^|[/:_-])(?:deepseek-(?:chat|coder)|codestral|devstral|starcoder|codellama|codegemma|stable-code"
    r"|granite-code|qwen[\d.]*-coder)"
)

_NO_CHAT = re.compile(
    r"embed|whisper|transcri|\btts\b|rerank|moderation|dall-e|image|\bbge\b|speech|realtime", re.IGNORECASE
)


def can_chat(model: str) -> bool:
    """Whether a model answers a request in words, judged by its name."""
    return not _NO_CHAT.search(model)


def preset_of(base_url: str) -> Preset | None:
    """Return the provider an address belongs to, None for one that is not known."""
    name = host(base_url)
    for preset in PRESETS:
        if any(name == known or (known[0] == "." and name.endswith(known)) for known in preset.hosts):
            return preset
    return None


def quirks_of(base_url: str, model: str) -> Quirks:
    """Return how to write requests to this model at this address."""
    preset = preset_of(base_url)
    quirks = preset.quirks if preset else Quirks()
    for pattern, adapted in _MODEL_QUIRKS:
        if pattern.search(model):
            quirks = adapted(quirks)
    return replace(quirks, fill_url=_fill_url(quirks, base_url) if _FILLS_IN.search(model) else "")


def _fill_url(quirks: Quirks, base_url: str) -> str:
    """Return where a model that can fill in is asked to; a server on this machine is tried."""
    return quirks.fill_url or (base_url.strip() if is_loopback(base_url) else "")


def plainer(quirks: Quirks, refused: str | None) -> Quirks | None:
    """Return how to write a request again that was refused, None where nothing is left to leave out.

    `refused` is the field that the server named, empty where it named none, None where the refusal was
    not about the form of the request.
    """
    if refused is None:
        return None
    if refused == "max_tokens" == quirks.max_tokens_field:
        return replace(quirks, max_tokens_field="max_completion_tokens")
    if refused == "temperature" and quirks.temperature:
        return replace(quirks, temperature=False)
    if quirks.stream_options:  # the one field that small servers most often do not know
        return replace(quirks, stream_options=False)
    if refused in ("", "messages") and quirks.system_role:
        return replace(quirks, system_role=False, alternating=True)
    has_room_to_lose = quirks.thinks and refused in ("", quirks.max_tokens_field)
    return replace(quirks, thinks=False) if has_room_to_lose else None


def messages_for(quirks: Quirks, messages: Sequence[Message]) -> Sequence[Message]:
    """Return a conversation as this endpoint and model take it; no words are lost."""
    if not quirks.system_role:
        messages = without_system(messages)
    return in_turns(messages) if quirks.alternating else messages


def in_turns(messages: Sequence[Message]) -> list[Message]:
    """Return the conversation with neighbours of one role joined, so that the roles take turns."""
    turns: list[Message] = []
    for message in messages:
        if turns and turns[-1].role is message.role:
            before = turns[-1]
            joined = f"{before.content}\n\n{message.content}"
            turns[-1] = Message(message.role, joined, before.images + message.images)
        else:
            turns.append(message)
    return turns


def without_system(messages: Sequence[Message]) -> list[Message]:
    """Return the conversation with its system messages put before the first words of the user."""
    system = [message.content for message in messages if message.role is Role.SYSTEM]
    rest = [message for message in messages if message.role is not Role.SYSTEM]
    if not system:
        return rest
    if not rest or rest[0].role is not Role.USER:
        return [Message(Role.USER, "\n\n".join(system)), *rest]
    return [Message(Role.USER, "\n\n".join([*system, rest[0].content]), rest[0].images), *rest[1:]]
