"""What `digits.yaml` says, as a Keras script."""

import sys
from pathlib import Path

import keras
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(1)
x, y = load_digits(return_X_y=True)
x_train, x_test, y_train, y_test = train_test_split(x.astype("float32") / 16, y, test_size=0.2, random_state=1)
model = keras.Sequential(
    [keras.Input((64,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10, activation="softmax")]
)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
path = Path(sys.argv[1]) / "plain.keras"
best = keras.callbacks.ModelCheckpoint(path, monitor="loss", save_best_only=True)
model.fit(x_train, y_train, epochs=60, batch_size=32, callbacks=[best], verbose=2)
print(model.evaluate(x_test, y_test, batch_size=32, verbose=0))
