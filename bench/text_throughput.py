"""Messages a second on one core: classifier/text against Hugging Face's fast and slow tokenizer of the same folder.

    .venv/bin/python bench/text_throughput.py [FILE] [--rounds 7]

FILE holds one message a line; without it, chat_messages.py makes 10,000. Seconds are CPU time of all threads, so
a busy neighbour changes them little. The peers get the text as it stands; only our encoder also normalises it.
"""

import argparse
import os
import pathlib
import tempfile
import time

os.environ |= {"TOKENIZERS_PARALLELISM": "false", "RAYON_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}

from transformers import AddedToken, AutoTokenizer, XLNetTokenizer  # noqa: E402
from transformers.utils import logging  # noqa: E402

from chat_messages import chat_messages  # noqa: E402
from comparison import STARTER, Program, conditions, interleave, minimum_and_median, report  # noqa: E402

OURS = "Nunchi tokenizer (parity mode)"
ENCODER = "Nunchi normaliser + tokenizer"
FAST_CALL = "HF fast tokenizer, called"
FAST_CORE = "HF fast tokenizer, Rust core alone"
SLOW = "HF slow tokenizer (XLNetTokenizer)"


def slow_tokenizer():
    """KoBERTTokenizer's parent class with KoBERTTokenizer's arguments."""
    return XLNetTokenizer(
        str(STARTER / "spiece.model"), do_lower_case=False, remove_space=True, keep_accents=False,
        bos_token="[CLS]", cls_token="[CLS]", eos_token="[SEP]", sep_token="[SEP]", unk_token="[UNK]",
        pad_token="[PAD]", mask_token=AddedToken("[MASK]", lstrip=True, rstrip=False, normalized=True),
        additional_special_tokens=None)


def contestants(program, messages, ids):
    """Name to a function that tokenizes all messages once and returns the CPU seconds; `ids` takes their number."""
    fast, slow = AutoTokenizer.from_pretrained(STARTER), slow_tokenizer()

    def ours(request, name):
        def measure():
            seconds, ids[name] = program.ask(request).split()
            return float(seconds)
        return measure

    def peer(tokenize, name):
        def measure():
            start = time.process_time()
            encoded = tokenize()
            seconds = time.process_time() - start
            ids[name] = sum(len(one) for one in encoded)
            return seconds
        return measure

    peers = {
        # The arguments leave out what nobody reads here.
        FAST_CALL: lambda: fast(messages, add_special_tokens=False, return_attention_mask=False,
                                return_token_type_ids=False)["input_ids"],
        FAST_CORE: lambda: fast.backend_tokenizer.encode_batch_fast(messages, add_special_tokens=False),
        SLOW: lambda: [slow.convert_tokens_to_ids(slow.tokenize(message)) for message in messages],
    }
    return {OURS: ours("tokenizer", OURS), ENCODER: ours("encoder", ENCODER)} | {
        name: peer(tokenize, name) for name, tokenize in peers.items()}


def require_equal_work(ids):
    """The three differ in ties only; a larger difference means that they do not do the same."""
    for name in (FAST_CALL, FAST_CORE, SLOW):
        if abs(ids[name] - int(ids[OURS])) > 0.01 * int(ids[OURS]):
            raise SystemExit(f"{name} makes {ids[name]} ids of the messages, {OURS} {ids[OURS]}: not comparable")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    logging.set_verbosity_error()
    messages = (arguments.file.read_text(encoding="utf-8").splitlines() if arguments.file else chat_messages())
    characters = sum(map(len, messages)) / len(messages)

    before, ids = conditions(threads=1), {}
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write("".join(message + "\n" for message in messages))
        file.flush()
        program = Program("text_throughput", STARTER, file.name)
        seconds = interleave(contestants(program, messages, ids), arguments.rounds)
        program.close()
    require_equal_work(ids)

    times = minimum_and_median(seconds)
    best = {name: figures["minimum_s"] for name, figures in times.items()}
    rows = [[name, f"{len(messages) / best[name]:,.0f}", f"{best[name] / best[OURS]:.2f}",
             f"{best[name] / best[ENCODER]:.2f}"] for name in best]
    report("text_throughput", ["", "messages/s", "tokenizer is x as fast", "both are x as fast"], rows, before,
           messages=len(messages), mean_characters=round(characters, 1), rounds=arguments.rounds, times=times,
           messages_per_second={name: round(len(messages) / value) for name, value in best.items()})


if __name__ == "__main__":
    main()
