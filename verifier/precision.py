"""bfloat16 where the processor multiplies in it: two to five times as fast as fp32, and right enough for a reader."""

from __future__ import annotations

import torch


def has_fast_bfloat16(device: torch.device) -> bool:
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    processor = torch.cpu.get_capabilities()
    return bool(processor.get("avx512_bf16") or processor.get("amx_bf16"))


def working_precision(device: torch.device) -> torch.autocast:
    """Products in bfloat16 where that is fast, weights and sums in fp32."""
    return torch.autocast(device.type, torch.bfloat16, enabled=has_fast_bfloat16(device))
