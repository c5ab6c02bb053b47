"""A walk-forward as a practitioner writes it with pandas and PyTorch: vectorised features, a network trained through the Sharpe ratio after costs, a backtest.

Started as a process of its own by the benchmark `walk-forward`. The first argument is JSON: symbols, days, formulas, folds ([train start, train end, test start,
test end]), epochs, learning_rate, cost. Standard input gives open, high, low, close, volume as doubles [5][symbols][days], then a line for each run that is wanted;
each is answered by a line of JSON. Only the work is timed: not the start of the interpreter, not the imports, not the choice of threads.
"""
import ctypes
import json
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import torch

SETTINGS = json.loads(sys.argv[1])
SYMBOLS, DAYS, FOLDS = SETTINGS["symbols"], SETTINGS["days"], SETTINGS["folds"]
COST = SETTINGS["cost"]
FORMULAS = [compile(formula, formula, "eval") for formula in SETTINGS["formulas"]]
ANNUAL = 252**0.5


def features(o, h, l, c, v):
    """[days, symbols, features] as float32; a frame's columns are the symbols."""
    r, d = c / c.shift(1) - 1, c.diff()
    m = c.ewm(span=12, adjust=False).mean() - c.ewm(span=26, adjust=False).mean()
    names = {"np": np, "o": o, "h": h, "l": l, "c": c, "v": v, "r": r, "d": d, "m": m}
    return np.stack([eval(formula, names).to_numpy(dtype=np.float32) for formula in FORMULAS], axis=2)


def train(x, returns, fold, epochs):
    """The signals of the fold's test window, [days, symbols], and the Sharpe ratio of the train window in the last epoch."""
    begin, end, test_begin, test_end = fold
    rows = x[begin:end].reshape(-1, x.shape[2])
    mean, deviation = rows.mean(axis=0), rows.std(axis=0)
    rows = torch.from_numpy((rows - mean) / deviation)
    earned = torch.from_numpy(returns[begin:end].astype(np.float32))
    torch.manual_seed(1)
    network = torch.nn.Sequential(
        torch.nn.Linear(x.shape[2], 32), torch.nn.Tanh(), torch.nn.Linear(32, 16), torch.nn.Tanh(), torch.nn.Linear(16, 1), torch.nn.Tanh())
    adam = torch.optim.Adam(network.parameters(), lr=SETTINGS["learning_rate"])
    for _ in range(epochs):
        adam.zero_grad(set_to_none=True)
        weights = network(rows).view(-1, SYMBOLS) / SYMBOLS
        turnover = torch.cat([weights[:1].abs().sum(1), (weights[1:] - weights[:-1]).abs().sum(1)])
        net = (weights * earned).sum(1) - COST * turnover
        loss = -ANNUAL * net.mean() / net.std()
        loss.backward()
        adam.step()
    with torch.no_grad():
        train_sharpe = -loss.item()
        test = torch.from_numpy((x[test_begin:test_end].reshape(-1, x.shape[2]) - mean) / deviation)
        return network(test).view(-1, SYMBOLS).numpy(), train_sharpe


def train_all(x, returns, folds, epochs, at_once):
    if at_once == 1:
        return [train(x, returns, fold, epochs) for fold in folds]
    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(lambda fold: train(x, returns, fold, epochs), folds))


def backtest(weights, returns):
    """Sharpe ratio, maximum drawdown and final equity of weights [days, symbols]."""
    frame = pd.DataFrame(weights)
    turnover = frame.diff().fillna(frame).abs().sum(axis=1)
    net = (frame * returns).sum(axis=1) - COST * turnover
    equity = (1 + net).cumprod()
    return ANNUAL * net.mean() / net.std(), (equity / equity.cummax() - 1).min(), equity.iloc[-1]


def run(prices, at_once):
    start, processor = time.perf_counter(), processor_seconds()
    x = features(*prices)
    close = prices[3].to_numpy()
    returns = close[1:] / close[:-1] - 1  # row t: what a weight decided at t earns
    featured = time.perf_counter()
    signals = train_all(x, returns, FOLDS, SETTINGS["epochs"], at_once)
    trained = time.perf_counter()
    weights = np.concatenate([signal for signal, _ in signals]) / SYMBOLS
    known = returns[FOLDS[0][2]:FOLDS[-1][3]]
    sharpe, drawdown, equity = backtest(weights[:len(known)], known)
    end = time.perf_counter()
    return {"seconds": end - start, "processor": processor_seconds() - processor, "features": featured - start, "training": trained - featured,
            "backtest": end - trained, "sharpe": sharpe, "train_sharpe": sum(sharpe for _, sharpe in signals) / len(signals), "drawdown": drawdown, "equity": float(equity)}


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def set_threads(threads):
    """Threads of an operation: PyTorch's own, and OpenBLAS's, of which PyTorch does not know where it is linked to the system's."""
    torch.set_num_threads(threads)
    try:
        ctypes.CDLL("libopenblas.so.0").openblas_set_num_threads(threads)
    except (OSError, AttributeError):
        pass  # another BLAS, which PyTorch sets itself


def fastest_threads(prices):
    """Threads of an operation and folds at once: what trains two folds for three epochs fastest (the better of two tries), after one to warm up."""
    x = np.nan_to_num(features(*prices))
    close = prices[3].to_numpy()
    returns = close[1:] / close[:-1] - 1
    best = None
    for threads, at_once in [(1, 1), (2, 1), (1, 2)]:
        set_threads(threads)
        train_all(x, returns, FOLDS[:2], 1, at_once)
        seconds = min(timed(lambda: train_all(x, returns, FOLDS[:2], 3, at_once)) for _ in range(2))
        if best is None or seconds < best[0]:
            best = seconds, threads, at_once
    set_threads(best[1])
    return best[1:]


def main():
    values = np.frombuffer(sys.stdin.buffer.read(5 * SYMBOLS * DAYS * 8), dtype=np.float64).reshape(5, SYMBOLS, DAYS)
    prices = [pd.DataFrame(np.ascontiguousarray(field.T)) for field in values]
    threads, at_once = fastest_threads(prices)
    print(json.dumps({"pandas": pd.__version__, "torch": torch.__version__, "threads": threads, "at_once": at_once}), flush=True)
    for _ in sys.stdin.buffer:
        print(json.dumps(run(prices, at_once)), flush=True)


main()
