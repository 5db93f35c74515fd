"""Callbacks: what happens beside training, after batches and epochs."""

from __future__ import annotations

from string import Formatter
from typing import Annotated, ClassVar, Literal, Self, TypeAlias

from annotated_types import Gt, Lt
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .declaration import Declaration
from .fields import NonNegativeFloat, NonNegativeInt, PositiveInt
from .numbers import CountOr, OneOrMore
from .refused import A_ROOT, Refused

Mode: TypeAlias = Literal["auto", "min", "max"]
Path: TypeAlias = Annotated[str, Field(min_length=1)]
Verbosity: TypeAlias = Literal[0, 1]


class Callback(Declaration):
    """Something that is done at certain points of training."""

    family = "callback"
    keras = "callbacks"
    refuses: ClassVar[dict[str, Refused]] = {
        "Callback": A_ROOT,
        "CallbackList": Refused("it is what Keras makes of all the callbacks", "list them below `callbacks`"),
        "History": Refused("Keras adds it to every training itself", "leave it out"),
        "LambdaCallback": Refused("it calls Python functions, and a spec is data"),
        "LearningRateScheduler": Refused(
            "it calls a Python function, and a spec is data",
            "give the optimizer a schedule: `learning_rate: {CosineDecay: {…}}`",
        ),
        "ProgbarLogger": Refused("Keras adds it to every training itself", "leave it out"),
        "RemoteMonitor": Refused(
            "it would send the history to an address that the spec names, and running a spec sends nothing anywhere",
            "write `CSVLogger: {filename: history.csv}`, and let a program of yours send the file",
        ),
    }

    paths: ClassVar[tuple[str, ...]] = ()
    """Arguments that name files or folders; relative ones lie in the folder of the run."""

    sets_learning_rate: ClassVar[bool] = False
    """Whether it sets the optimizer's learning rate, which then cannot be a schedule."""

    needs_ema: ClassVar[bool] = False
    """Whether the optimizer must have `use_ema`."""

    package: ClassVar[str] = ""
    """The package that must be installed beside TensorFlow, which does not bring it."""

    @property
    def monitored(self) -> str | None:
        """The value of the history that it watches, or None."""
        return None

    @property
    def directed(self) -> str | None:
        """The value of the history whose better direction Keras must know by itself, or None."""
        return None

    @property
    def filled_in(self) -> tuple[str, ...]:
        """The values of the history that the names of its files are made of."""
        return ()

    @model_validator(mode="after")
    def _inside_the_run(self) -> Self:
        for name in self.paths:
            path = getattr(self, name)
            if ".." in path.replace("\\", "/").split("/"):
                message = f"`{name}: {path}` leads out of the run folder"
                raise PydanticCustomError("argument", "{message}", {"message": message, "help": "leave out the `..`"})
        return self


class Monitor(Callback):
    """A callback that watches one value of the history."""

    monitor: Path = "val_loss"
    """The value that is watched: `loss`, a metric's name, or one of them after `val_` for validation."""
    verbose: Verbosity = 0
    """Whether it prints what it does: 0 is silent."""
    mode: Mode = "auto"
    """Which way is better: `min`, `max`, or `auto`, by the metric."""

    @property
    def monitored(self) -> str | None:
        """The value of the history that it watches, or None."""
        return self.monitor

    @property
    def directed(self) -> str | None:
        """Keras looks for the direction under `mode: auto`, whether or not the value is used."""
        return self.monitor if self.mode == "auto" else None


class EarlyStopping(Monitor):
    """Ends training when a value has not become better for `patience` epochs."""

    example: ClassVar[dict[str, object]] = {"patience": 5, "restore_best_weights": True}

    min_delta: NonNegativeFloat = 0
    """Least change that counts as better."""
    patience: NonNegativeInt = 0
    """Epochs to wait for something better."""
    baseline: float | None = None
    """Value that must be beaten for training to go on."""
    restore_best_weights: bool = False
    """Whether the model ends with the weights of its best epoch instead of the last."""
    start_from_epoch: NonNegativeInt = 0
    """Epochs that pass before watching starts."""


class ReduceLROnPlateau(Monitor):
    """Lowers the learning rate when a value has not become better for `patience` epochs.

    The optimizer's learning rate must be a number, not a schedule.
    """

    sets_learning_rate = True

    factor: Annotated[float, Gt(0), Lt(1)] = 0.1
    """What the learning rate is multiplied by."""
    patience: NonNegativeInt = 10
    """Epochs to wait for something better."""
    min_delta: NonNegativeFloat = 0.0001
    """Least change that counts as better."""
    cooldown: NonNegativeInt = 0
    """Epochs after lowering in which nothing is counted."""
    min_lr: NonNegativeFloat = 0.0
    """Least learning rate."""


class ModelCheckpoint(Monitor):
    """Saves the model, or its weights, while it is trained.

    In `filepath`, `{epoch}` and the values of the history are filled in: `{epoch:02d}-{val_loss:.2f}.keras`.
    """

    paths = ("filepath",)
    example: ClassVar[dict[str, object]] = {"save_best_only": True}

    filepath: Path
    """File to write, in the folder of the run: `….keras`, or `….weights.h5` with `save_weights_only`."""
    save_best_only: bool = False
    """Whether only a model that is better than those before is saved."""
    save_weights_only: bool = False
    """Whether the weights are saved without the model."""
    save_freq: Annotated[int | str, CountOr("epoch")] = "epoch"
    """How often to save: `epoch`, or a number of batches."""
    initial_value_threshold: float | None = None
    """Value that must be beaten for the first save, with `save_best_only`."""

    @property
    def monitored(self) -> str | None:
        """The value of the history that decides what is saved; None where every model is."""
        return self.monitor if self.save_best_only else None

    @property
    def filled_in(self) -> tuple[str, ...]:
        """The values of the history that the name of the file is made of."""
        names = (name for _, name, _, _ in Formatter().parse(self.filepath) if name)
        return tuple(dict.fromkeys(name for name in names if name not in {"epoch", "batch"}))

    @model_validator(mode="after")
    def _known_format(self) -> Self:
        endings = (".weights.h5",) if self.save_weights_only else (".keras", ".h5")
        if not self.filepath.endswith(endings):
            what = "weights" if self.save_weights_only else "a model"
            message = f"{what} cannot be saved as `{self.filepath}`: the file must end in `{endings[0]}`"
            context = {"message": message, "help": f"write `filepath: {_with_ending(self.filepath, endings[0])}`"}
            raise PydanticCustomError("argument", "{message}", context)
        try:
            list(Formatter().parse(self.filepath))
        except ValueError as error:
            message = f"the braces of `{self.filepath}` cannot be filled in: {str(error).lower()}"
            raise PydanticCustomError("argument", "{message}", {"message": message, "help": None}) from None
        return self


class OrbaxCheckpoint(Monitor):
    """Saves the whole state of training, optimizer included, in the checkpoints of the package Orbax."""

    paths = ("directory",)
    package = "orbax-checkpoint"

    directory: Path
    """Folder for the checkpoints, in the folder of the run."""
    save_best_only: bool = False
    """Whether only a state that is better than those before is saved."""
    save_freq: Annotated[int | str, CountOr("epoch")] = "epoch"
    """How often to save: `epoch`, or a number of batches."""
    initial_value_threshold: float | None = None
    """Value that must be beaten for the first save, with `save_best_only`."""
    max_to_keep: PositiveInt | None = 1
    """How many checkpoints stay: the newest; null keeps all."""
    save_on_background: bool = True
    """Whether training goes on while a checkpoint is written."""
    save_weights_only: bool = False
    """Whether the weights are saved without optimizer, metrics and model."""

    @property
    def monitored(self) -> str | None:
        """The value of the history that decides what is saved; None where every state is."""
        return self.monitor if self.save_best_only else None


class BackupAndRestore(Callback):
    """Keeps the state of training in a folder, so that an interrupted `fit` can go on where it was."""

    paths = ("backup_dir",)

    backup_dir: Path
    """Folder for the state, in the folder of the run; nothing else may use it."""
    save_freq: Annotated[int | str, CountOr("epoch")] = "epoch"
    """How often to save: `epoch`, or a number of batches."""
    double_checkpoint: bool = False
    """Whether the state before the last is kept too."""
    delete_checkpoint: bool = True
    """Whether the state is deleted when training has come to its end."""


class CSVLogger(Callback):
    """Writes the history to a CSV file, a row for each epoch."""

    paths = ("filename",)

    filename: Path
    """File to write, in the folder of the run."""
    separator: Literal[",", ";", "\t", "|", " "] = ","
    """Character between two columns."""
    append: bool = False
    """Whether rows are added to a file that is already there."""


class TensorBoard(Callback):
    """Writes logs that TensorBoard shows: losses, metrics, and what is asked for here."""

    paths = ("log_dir",)
    package = "tensorboard"

    log_dir: Path = "logs"
    """Folder to write, in the folder of the run."""
    histogram_freq: NonNegativeInt = 0
    """Epochs between two histograms of the weights; 0 for none. Needs validation data."""
    write_graph: bool = True
    """Whether the model's graph is written."""
    write_images: bool = False
    """Whether weights are written as images."""
    write_steps_per_second: bool = False
    """Whether the speed of training is written."""
    update_freq: Annotated[int | str, CountOr("epoch", "batch")] = "epoch"
    """How often losses and metrics are written: `epoch`, `batch`, or a number of batches."""
    profile_batch: Annotated[int | tuple[int, ...], OneOrMore(int, 0)] = 0
    """Batch, or first and last of the batches, that are profiled; 0 for none."""
    embeddings_freq: NonNegativeInt = 0
    """Epochs between two pictures of the embeddings; 0 for none."""
    embeddings_metadata: str | None = None
    """File with a label for each row of the embeddings."""

    @model_validator(mode="after")
    def _one_stretch_of_batches(self) -> Self:
        batches = self.profile_batch
        if isinstance(batches, tuple) and (len(batches) != 2 or batches[0] > batches[1]):  # noqa: PLR2004 - first, last
            message = f"`profile_batch` is one batch or the first and the last, not {list(batches)}"
            raise PydanticCustomError("argument", "{message}", {"message": message, "help": None})
        return self


class TerminateOnNaN(Callback):
    """Ends training when the loss is no longer a finite number."""

    raise_error: bool = False
    """Whether training ends with an error instead of quietly."""


class SwapEMAWeights(Callback):
    """Puts the moving average of the weights in their place for evaluation.

    The optimizer must keep it: `use_ema: true`.
    """

    needs_ema = True

    swap_on_epoch: bool = False
    """Whether they are swapped at the end of every epoch, so that callbacks after it see the average."""


def _with_ending(path: str, ending: str) -> str:
    stem = path
    for old in (".weights.h5", ".keras", ".h5", ".hdf5", ".ckpt", ".tf", ".weights"):
        stem = stem.removesuffix(old)
    return stem + ending
