#!/usr/bin/python3
"""Writes pytorch_gradients.json beside itself: loss and gradients of the benchmark's cases by PyTorch in double.

Debian: apt-get install python3-torch; /usr/bin/python3 pytorch_gradients.py. Data and weights follow formulas, so that the file
needs to hold none; of each gradient it holds the norm and evenly spaced samples. Layouts are the engine's: rows are time-major,
weights [in, out], LSTM gates in the order i, f, o, g.
"""
import json, math, os
import torch

torch.set_default_dtype(torch.float64)
SAMPLES = 48
CASES = {"a": ([24, 32, 16, 1], 0, 2520, 1), "b": ([24, 32, 16, 1], 0, 2520, 20), "c": ([60, 128, 64, 1], 0, 2520, 1),
         "d": ([24], 32, 63, 128), "e": ([24], 128, 63, 128)}


def wave(count, step, shift, size):
    """size · sin(step·i + shift), rounded to float32."""
    return (size * torch.sin(torch.arange(count, dtype=torch.float64) * step + shift)).float().double()


def loss_of(w, r):
    """w, r [T, A]: the annualised Sharpe of w·r − 5e-4·|w[t] − w[t−1]|, negative."""
    trades = torch.cat([w[:1], w[1:] - w[:-1]])
    p = w * r - 5e-4 * trades.abs()
    mean = p.mean()
    return -math.sqrt(252) * mean / torch.sqrt((p * p).mean() - mean * mean + 1e-12)


def lstm(x, wx, wh, b):
    """x [T, A, F] → h [T, A, H], by torch.lstm with the gates reordered to its i, f, g, o."""
    h = wh.shape[0]
    order = torch.cat([torch.arange(0, 2 * h), torch.arange(3 * h, 4 * h), torch.arange(2 * h, 3 * h)])
    zero = torch.zeros(1, x.shape[1], h)
    flat = [wx.T[order], wh.T[order], b[order], torch.zeros(4 * h)]
    return torch.lstm(x, (zero, zero), flat, True, 1, 0.0, True, False, False)[0]


def run(widths, hidden, steps, assets):
    rows = steps * assets
    x = wave(rows * widths[0], 0.7391, 0.1, 1.5).reshape(steps, assets, widths[0])
    r = (wave(rows, 1.9173, 0.4, 0.01) + 0.002 * x[..., 0].reshape(-1)).float().double().reshape(steps, assets)
    shapes = []
    if hidden:
        shapes += [("lstm.input", (widths[0], 4 * hidden)), ("lstm.state", (hidden, 4 * hidden)), ("lstm.bias", (4 * hidden,))]
        shapes += [("head.weight", (hidden, 1)), ("head.bias", (1,))]
    else:
        for i in range(len(widths) - 1):
            name = "head" if i == len(widths) - 2 else f"layer{i}"
            shapes += [(f"{name}.weight", (widths[i], widths[i + 1])), (f"{name}.bias", (widths[i + 1],))]
    parameters = {}
    for k, (name, shape) in enumerate(shapes):
        size = 1.2 / math.sqrt(shape[0]) if len(shape) == 2 else 0.1
        parameters[name] = wave(math.prod(shape), 2.3411 + 0.01 * k, 0.3 * k, size).reshape(shape).requires_grad_()
    y = lstm(x, *[parameters[n] for n in ("lstm.input", "lstm.state", "lstm.bias")]) if hidden else x
    for name in [n[:-7] for n in parameters if n.endswith(".weight")]:
        y = torch.tanh(y @ parameters[f"{name}.weight"] + parameters[f"{name}.bias"])
    loss = loss_of(y.reshape(steps, assets), r)
    loss.backward()
    gradients = {}
    for name, p in parameters.items():
        g = p.grad.reshape(-1)
        every = max(1, len(g) // SAMPLES)
        gradients[name] = {"norm": float(g.norm()), "every": every, "samples": [float(f"{v:.9g}") for v in g[::every].tolist()]}
    return {"steps": steps, "assets": assets, "inputs": widths[0], "hidden": hidden, "widths": widths[1:], "loss": loss.item(), "gradients": gradients}


path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pytorch_gradients.json")
with open(path, "w") as file:
    json.dump({"torch": torch.__version__, "cases": {name: run(*case) for name, case in CASES.items()}}, file, separators=(",", ":"))
    file.write("\n")
