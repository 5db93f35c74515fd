"""What `mnist.yaml` says, as a Keras script."""

import sys
from pathlib import Path

import keras

keras.utils.set_random_seed(1)
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train, x_test = x_train.astype("float32") / 255, x_test.astype("float32") / 255
model = keras.Sequential(
    [
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
path = Path(sys.argv[1]) / "plain.keras"
best = keras.callbacks.ModelCheckpoint(path, monitor="loss", save_best_only=True)
model.fit(x_train, y_train, epochs=10, batch_size=64, callbacks=[best], verbose=2)
print(model.evaluate(x_test, y_test, batch_size=64, verbose=0))
