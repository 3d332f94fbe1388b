"""In which precision this processor is fastest: some have the instructions for a short one and gain nothing by them."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Literal

import torch
from torch import nn

from verifier.eight_bit import EightBitLinear

Precision = Literal["int8", "bfloat16", "float32"]
WORTH_IT = 1.5  # times as fast as what is more exact


def has_fast_bfloat16(device: torch.device) -> bool:
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    instructions = torch.cpu.get_capabilities()
    has_it = instructions.get("avx512_bf16") or instructions.get("amx_bf16")
    return bool(has_it) and _seconds("float32") > WORTH_IT * _seconds("bfloat16")


def working_precision(device: torch.device) -> torch.autocast:
    """For training: products in bfloat16 where that is fast, weights and sums in fp32."""
    return torch.autocast(device.type, torch.bfloat16, enabled=has_fast_bfloat16(device))


def served_precision() -> Precision:
    """In which the verifier reads on this processor."""
    exact: Precision = "bfloat16" if has_fast_bfloat16(torch.device("cpu")) else "float32"
    instructions = torch.cpu.get_capabilities()
    has_int8 = instructions.get("avx512_vnni") or instructions.get("avx_vnni")
    return "int8" if has_int8 and _seconds(exact) > WORTH_IT * _seconds("int8") else exact


@lru_cache
@torch.inference_mode()
def _seconds(precision: Precision) -> float:
    """Of a layer's largest product, the best of many: small, so that a busy machine seldom interrupts all of them."""
    linear, states = nn.Linear(768, 3072), torch.ones(128, 768)
    if precision == "bfloat16":
        linear, states = linear.bfloat16(), states.bfloat16()
    product = EightBitLinear(linear) if precision == "int8" else linear
    seconds = []
    for _ in range(40):
        begun = time.perf_counter()
        product(states)
        seconds.append(time.perf_counter() - begun)
    return min(seconds)
