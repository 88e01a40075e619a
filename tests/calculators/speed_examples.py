"""Published speeds of the formula sheet, 3.2: short context unless said."""

OLD, NOW = "b2824", ""
"""XiongjieDai measured builds of May 2024; the others are of 2025 and 2026."""

Q4 = "Q4_K_M"
EXAMPLES = [
    ("S1", "llama-3-8b-instruct", Q4, "rtx-4090", OLD, 127.7),
    ("S1", "llama-3-8b-instruct", Q4, "rtx-3090", OLD, 111.7),
    ("S1", "llama-3-8b-instruct", Q4, "a100-pcie-80gb", OLD, 138.3),
    ("S1", "llama-3-8b-instruct", Q4, "h100-pcie-80gb", OLD, 144.5),
    ("S1", "llama-3-8b-instruct", Q4, "apple-m2-ultra", OLD, 76.3),
    ("S1", "llama-3-8b-instruct", Q4, "apple-m3-max", OLD, 50.7),
    ("S1", "llama-3-8b-instruct", Q4, "apple-m1-max", OLD, 34.5),
    ("S2", "llama-3-8b-instruct", "F16", "rtx-4090", OLD, 54.3),
    ("S2", "llama-3-8b-instruct", "F16", "rtx-3090", OLD, 46.5),
    ("S2", "llama-3-8b-instruct", "F16", "a100-pcie-80gb", OLD, 54.6),
    ("S2", "llama-3-8b-instruct", "F16", "h100-pcie-80gb", OLD, 67.8),
    ("S2", "llama-3-8b-instruct", "F16", "apple-m2-ultra", OLD, 36.3),
    ("S2", "llama-3-8b-instruct", "F16", "apple-m3-max", OLD, 22.4),
    ("S3", "llama-3-70b-instruct", Q4, "rtx-3090 x 2", OLD, 16.3),
    ("S3", "llama-3-70b-instruct", Q4, "rtx-4090 x 2", OLD, 19.1),
    ("S3", "llama-3-70b-instruct", Q4, "a100-pcie-80gb", OLD, 22.1),
    ("S3", "llama-3-70b-instruct", Q4, "h100-pcie-80gb", OLD, 25.0),
    ("S3", "llama-3-70b-instruct", Q4, "apple-m2-ultra", OLD, 12.1),
    ("S3", "llama-3-70b-instruct", Q4, "apple-m3-max", OLD, 7.5),
    ("S5", "llama-3.1-8b-instruct", Q4, "rx-7900-xt", NOW, 114.3),
    ("S5", "llama-3.1-8b-instruct", Q4, "rtx-5070", NOW, 105.3),
    ("S5", "llama-3.1-8b-instruct", Q4, "rtx-2080", NOW, 71.9),
    ("S5", "llama-3.1-8b-instruct", Q4, "apple-m4-pro", NOW, 47.3),
    ("S6", "llama-3.2-1b-instruct", Q4, "rx-7900-xt", NOW, 376.0),
    ("S6", "llama-3.2-1b-instruct", Q4, "rtx-5070", NOW, 466.0),
    ("S6", "llama-3.2-1b-instruct", Q4, "rtx-2080", NOW, 304.0),
    ("S6", "llama-3.2-1b-instruct", Q4, "apple-m4-pro", NOW, 217.0),
    ("S7", "gpt-oss-20b", "MXFP4", "rx-7900-xt", NOW, 162.6),
    ("S7", "gpt-oss-20b", "MXFP4", "rtx-4090", NOW, 279.7),
    ("S8", "qwen3-30b-a3b", Q4, "rx-7900-xt", NOW, 151.8),
    ("S8", "qwen3-30b-a3b", Q4, "apple-m4-pro", NOW, 70.6),
    ("S10", "llama-3.1-8b-instruct", Q4, "dgx-spark-gb10", NOW, 41.0),
    ("S10", "llama-3.1-70b-instruct", Q4, "dgx-spark-gb10", NOW, 4.6),
    ("S10", "qwen3.5-27b", Q4, "dgx-spark-gb10", NOW, 11.3),
    ("S10", "qwen3.5-35b-a3b", Q4, "dgx-spark-gb10", NOW, 72.0),
    ("S10", "qwen3.5-122b-a10b", Q4, "dgx-spark-gb10", NOW, 29.0),
    ("S12", "qwen3-8b", Q4, "rtx-5090", NOW, 221.7),
    ("S14", "olmoe-1b-7b-instruct", "Q4_K_M", "rx-6900-xt", NOW, 258.0),
]
"""(key, model, quantisation, hardware, build, measured tokens a second)."""

OFFLOADED = [
    ("S9", "mistral-small-24b-2501", Q4, "rtx-5070", 7.6),
    ("S9", "gemma-3-27b-it", Q4, "rtx-5070", 4.8),
    ("S9", "qwen2.5-coder-32b-instruct", Q4, "rtx-5070", 4.1),
]
"""The same for models that lie partly in host memory of unknown bandwidth."""
