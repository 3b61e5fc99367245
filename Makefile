# Every command a person needs; `make help` prints them.
.DEFAULT_GOAL := all
SHELL := /bin/sh
BUILD := gen/build
PKGS := sqlite3 libcmark libfyaml expat harfbuzz harfbuzz-subset libxxhash libutf8proc uchardet libmicrohttpd libseccomp

CFLAGS ?= -O2 -g
CFLAGS_ALL = -std=c17 -D_GNU_SOURCE -Wall -Wextra $(CFLAGS) $(shell pkg-config --cflags $(PKGS))
LIBS = $(shell pkg-config --libs $(PKGS)) -lcsv -lhpdf -lunibreak -lm

LIB_SRC := $(sort $(wildcard gen/base/*.c gen/data/*.c gen/query/*.c gen/doc/*.c gen/draw/*.c gen/render/*.c gen/book/*.c))
CMD_SRC := $(sort $(wildcard gen/cmd/*.c))
UNIT_SRC := $(sort $(wildcard tests/unit/*.c))
obj = $(patsubst %.c,$(BUILD)/%.o,$(1))

all: $(BUILD)/salesbook

$(BUILD)/salesbook: $(call obj,$(LIB_SRC) $(CMD_SRC))
	$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS)

$(BUILD)/unit: $(call obj,$(LIB_SRC) $(UNIT_SRC))
	$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
