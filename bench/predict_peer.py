"""What most people would write: FastAPI, the Rust tokenizer and ONNX Runtime behind POST /predict. A peer of
predict_server.py, which starts it.

    predict_peer.py PORT MODEL_FOLDER ONNX_FILE THREADS
"""

import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "build/bench/peers"))

import numpy  # noqa: E402
import onnxruntime  # noqa: E402
import uvicorn  # noqa: E402
from fastapi import FastAPI  # noqa: E402
from pydantic import BaseModel  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

PORT, FOLDER, MODEL, THREADS = int(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
LABELS = ["공포", "놀람", "분노", "슬픔", "중립", "행복", "혐오"]

tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
tokenizer.enable_truncation(64)
tokenizer.enable_padding(pad_id=1)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = THREADS
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(MODEL, options, providers=["CPUExecutionProvider"])
app = FastAPI()


class Request(BaseModel):
    inputs: str | list[list[str]]


@app.post("/predict")
def predict(request: Request):
    is_single = isinstance(request.inputs, str)
    texts = [request.inputs] if is_single else [item[0] for item in request.inputs]
    encoded = tokenizer.encode_batch(texts)
    ids = numpy.array([item.ids for item in encoded], dtype=numpy.int64)
    mask = numpy.array([item.attention_mask for item in encoded], dtype=numpy.int64)
    logits = session.run(["logits"], {"input_ids": ids, "attention_mask": mask})[0]
    exponents = numpy.exp(logits - logits.max(axis=1, keepdims=True))
    scores = exponents / exponents.sum(axis=1, keepdims=True)
    answers = [sorted(({"score": float(score), "label": label} for score, label in zip(row, LABELS)),
                      key=lambda item: -item["score"]) for row in scores]
    return answers[0] if is_single else answers


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="warning", access_log=False)
