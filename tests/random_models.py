"""Models of every architecture with random weights: they translate nothing, but codes, limits and batches are real."""

import io
import json
from pathlib import Path

import sentencepiece
import torch
import transformers

from translate.document import ModelUse
from translate.engines.base import AttentionSource, EngineConfig

ENGLISH = """The minister said on Monday that the talks would go on.
Residents of the old town told reporters that water had been cut for 12 days.
"We will not leave," said Salma, who runs a small bakery near the port.
More than 1,300 people crossed the bridge before noon, officials added.
The army denied the report; the United Nations called for calm.
Prices rose by 3.5 per cent in March, the central bank announced.
Farmers in the north-west lost their olive trees to the fire.
Is the road to the airport open? Nobody knows.""".splitlines()
ARABIC = """قال الوزير يوم الاثنين إن المحادثات ستستمر.
وقال سكان البلدة القديمة للصحفيين إن المياه مقطوعة منذ 12 يوما.
قالت سلمى التي تدير مخبزا صغيرا قرب الميناء: «لن نرحل».
وأضاف المسؤولون أن أكثر من 1300 شخص عبروا الجسر قبل الظهر.
نفى الجيش التقرير، ودعت الأمم المتحدة إلى الهدوء.
أعلن البنك المركزي أن الأسعار ارتفعت بنسبة 3.5 في المئة في مارس.
خسر المزارعون في الشمال الغربي أشجار الزيتون في الحريق.
هل الطريق إلى المطار مفتوح؟ لا أحد يعرف.""".splitlines()
_SMALL = {
    "d_model": 64,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 4,
    "decoder_attention_heads": 4,
    "encoder_ffn_dim": 128,
    "decoder_ffn_dim": 128,
    "init_std": 0.3,
}


def config(folder: Path, name: str = "random", **settings: object) -> EngineConfig:
    use = ModelUse(name, f"tests/{name}", "0", "Apache-2.0", "ctranslate")
    defaults = {"attention": AttentionSource(), "cache_name": f"tests--{name}"}
    return EngineConfig(folder, use, "en", "ar", **{**defaults, **settings})  # type: ignore[arg-type]


def train(lines: list[str], kind: str = "unigram", size: int = 300, **options: object) -> bytes:
    """A sentencepiece model, serialised."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=model,
        model_type=kind,
        vocab_size=size,
        hard_vocab_limit=False,
        minloglevel=2,
        **options,
    )
    return model.getvalue()


def pieces(model: bytes, first: int = 3) -> list[str]:
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    return [processor.id_to_piece(i) for i in range(first, processor.get_piece_size())]


def marian(folder: Path, prefix: str = ">>ara<<") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = ["</s>", "<unk>", prefix]
    for side, lines in (("source", ENGLISH), ("target", ARABIC)):
        model = train(lines)
        (folder / f"{side}.spm").write_bytes(model)
        vocabulary += pieces(model)
    vocabulary = [*dict.fromkeys(vocabulary), "<pad>"]
    _write(folder / "vocab.json", {piece: i for i, piece in enumerate(vocabulary)})
    _write(folder / "tokenizer_config.json", {"tokenizer_class": "MarianTokenizer", "separate_vocabs": False})
    pad = len(vocabulary) - 1
    torch.manual_seed(1)
    model_config = transformers.MarianConfig(
        vocab_size=len(vocabulary),
        activation_function="swish",
        scale_embedding=True,
        max_position_embeddings=256,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=0,
        **_SMALL,
    )
    _save(transformers.MarianMTModel(model_config), folder)
    # As real folders have them: they must not get in the way of our own settings.
    settings = {"num_beams": 6, "bad_words_ids": [[pad]], "forced_eos_token_id": 0, "max_length": 20}
    _write(folder / "generation_config.json", {**settings, "decoder_start_token_id": pad, "pad_token_id": pad})
    return folder


def m2m100(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    model = train(ENGLISH + ARABIC, "bpe")
    (folder / "sentencepiece.bpe.model").write_bytes(model)
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", *pieces(model)]
    _write(folder / "vocab.json", {piece: i for i, piece in enumerate(vocabulary)})
    files = (str(folder / "vocab.json"), str(folder / "sentencepiece.bpe.model"))
    transformers.M2M100Tokenizer(*files).save_pretrained(folder)
    random = _m2m100_model(len(vocabulary) + 108)
    # Behind 100 languages come 8 made-up words; these must not be written, as the engines call them differently.
    random.model.shared.weight.data[-8:] = 0
    _save(random, folder)
    return folder


def nllb(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    model = train(ENGLISH + ARABIC, "bpe")
    vocabulary = {piece: i for i, piece in enumerate(["<s>", "<pad>", "</s>", "<unk>", *pieces(model)])}
    merges = []
    for piece in list(vocabulary)[4:]:
        splits = [(piece[:i], piece[i:]) for i in range(1, len(piece))]
        merges += [split for split in splits if split[0] in vocabulary and split[1] in vocabulary]
    tokenizer = transformers.NllbTokenizer(vocab=vocabulary, merges=merges)
    tokenizer.save_pretrained(folder)
    (folder / "sentencepiece.bpe.model").write_bytes(model)
    _save(_m2m100_model(len(tokenizer)), folder)
    return folder


def t5(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    marks = {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1, "user_defined_symbols": "<2ar>,<2en>"}
    model = train(ENGLISH + ARABIC, **marks)
    (folder / "spiece.model").write_bytes(model)
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    scored = [(processor.id_to_piece(i), processor.get_score(i)) for i in range(processor.get_piece_size())]
    tokenizer = transformers.T5Tokenizer(vocab=scored, extra_ids=0)
    tokenizer.add_tokens([transformers.AddedToken(code, normalized=False) for code in ("<2ar>", "<2en>")])
    tokenizer.save_pretrained(folder)
    torch.manual_seed(1)
    model_config = transformers.T5Config(
        vocab_size=len(scored),
        d_model=64,
        d_kv=16,
        d_ff=128,
        num_layers=2,
        num_heads=4,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=False,
        initializer_factor=1.5,
        decoder_start_token_id=0,
    )
    _save(transformers.T5ForConditionalGeneration(model_config), folder)
    return folder


def _m2m100_model(size: int) -> transformers.PreTrainedModel:
    torch.manual_seed(1)
    return transformers.M2M100ForConditionalGeneration(
        transformers.M2M100Config(vocab_size=size, max_position_embeddings=256, decoder_start_token_id=2, **_SMALL)
    )


def _save(model: transformers.PreTrainedModel, folder: Path) -> None:
    transformers.utils.logging.disable_progress_bar()
    model.eval().save_pretrained(folder)


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")
