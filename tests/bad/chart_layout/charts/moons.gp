# Moons, without a layout.
plot $solid using 1:3
