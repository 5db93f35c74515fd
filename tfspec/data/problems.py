"""Problems of data: what does not load, does not divide, or is not what the model learns from."""

from tfspec.diagnostics import Code

_SPEC = """\
tfspec: 1
data:
  source: {{sklearn: {{dataset: {dataset}}}}}
  split: {split}
model:
  sequential:
    layers:
      - Dense: {{units: {units}}}
"""


def _spec(split: str, dataset: str = "iris", units: int = 3) -> str:
    return _SPEC.format(split=split, dataset=dataset, units=units)


BAD_SPLIT = Code(
    "TS600",
    "a split that leaves a part without rows",
    "`split` says how many rows are kept for validation and for testing: a fraction of all rows of the source, or "
    "a number. Every part, and what is left to train on, needs at least one row.",
    bad=_spec("{validation: 5000}"),
    good=_spec("{validation: 30}"),
)

TWO_TESTS = Code(
    "TS601",
    "a test split where the source has test data",
    "Data sets such as `mnist` come with rows to test on, by which results are compared everywhere. `split.test` is "
    "for sources that have none; it would make a second, smaller test of its own.",
)

NO_CLASSES = Code(
    "TS602",
    "classes asked for where there are none",
    "`stratify` and `class_weight` go by the classes of the rows. They need one label that holds class numbers or "
    "whole numbers; amounts have no classes, and several labels would ask for different divisions.",
    bad=_spec("{validation: 0.2, stratify: true}", "diabetes", 1),
    good=_spec("{validation: 0.2}", "diabetes", 1),
)

RARE_CLASS = Code(
    "TS603",
    "a class with too few rows",
    "With `stratify` every part gets rows of every class, so a class needs at least as many rows as there are parts.",
)

BAD_DATA_FILE = Code(
    "TS604",
    "a data file that cannot be used",
    "The file is not there, cannot be read, or holds something else than the spec says.",
)

NO_DATA_SET = Code(
    "TS605",
    "a data set that is not on this machine",
    "Keras downloads its data sets once and keeps them in the folder `datasets` of its home (`KERAS_HOME`, or "
    "`~/.keras`). The file is not there, and could not be downloaded. Without a network, put it there by hand.",
)

BAD_SOURCE = Code(
    "TS606",
    "a source that gives no rows",
    "The source was asked for rows that it cannot give: its arguments leave nothing, or nothing can load it.",
)

BAD_LABEL = Code(
    "TS607",
    "a label that is no class",
    "Classes are numbered 0, 1, 2 and so on. A label that is not one of these numbers cannot be learnt as a class.",
)

NOT_FINITE = Code(
    "TS608",
    "a number that is none",
    "One value that is not a number (NaN), or infinite, turns every weight into NaN in the first training step.",
)

OTHER_DATA = Code(
    "TS609",
    "data that is not what the check saw",
    "Shapes and dtypes are read from the head of the file, or known of the source, before it is loaded. What was "
    "loaded is different: the file changed, or its later rows are unlike its first ones.",
)

BAD_ROWS = Code(
    "TS610",
    "rows that do not fit the model",
    "The file with rows to predict or to evaluate must hold the columns that the model was trained on, in the same "
    "shapes. `.csv` files give them by column, `.npz` files by array, `.jsonl` files as one object on each line.",
)
