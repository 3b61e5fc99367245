# Every command a person needs; `make help` prints them.
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
SHELL := /bin/sh
BUILD ?= gen/build
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g

# What Debian 12 has to bring: to build and run, and besides for the tests.
PACKAGES := gcc libc6-dev libcsv-dev libhpdf-dev libdeflate-dev libcmark-dev cmark libfyaml-dev libexpat1-dev \
	libharfbuzz-dev libxxhash-dev libutf8proc-dev libunibreak-dev libfribidi-dev libuchardet-dev libsqlite3-dev \
	libmicrohttpd-dev libseccomp-dev libxlsxwriter-dev libcairo2-dev libcurl4-openssl-dev \
	gnuplot-nox graphviz fonts-noto-core fonts-noto-cjk
TEST_PACKAGES := clang clang-format git curl jq sqlite3 qpdf poppler-utils imagemagick \
	chromium libxml2-utils:xmllint rsync nodejs:node npm:npm default-jdk-headless:javac libjaxb-java python3 openssl \
	postgresql clickhouse-server clickhouse-client

CFLAGS_ALL = -std=c17 -D_GNU_SOURCE -pthread -Wall -Wextra $(CFLAGS) -I/usr/include/harfbuzz -I/usr/include/uchardet \
	-I/usr/include/fribidi -I/usr/include/cairo -DSALESBOOK_PREFIX='"$(PREFIX)"'
LIBS := -lsqlite3 -lcmark -lfyaml -lexpat -lharfbuzz -lharfbuzz-subset -lxxhash -lutf8proc -luchardet \
	-lmicrohttpd -lseccomp -lxlsxwriter -lcsv -lhpdf -ldeflate -lunibreak -lfribidi -lcairo -lm

LIB_SRC := $(sort $(wildcard gen/base/*.c gen/data/*.c gen/query/*.c gen/doc/*.c gen/draw/*.c \
	gen/render/*.c gen/book/*.c))
CMD_SRC := $(sort $(wildcard gen/cmd/*.c))
UNIT_SRC := $(sort $(wildcard tests/unit/*.c))
BOOKS_SRC := $(sort $(wildcard tests/books/*.c))
BENCH_SRC := $(sort $(wildcard tests/bench/*_bench.c))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/*.c))
SOURCES := $(LIB_SRC) $(CMD_SRC) $(UNIT_SRC) $(BOOKS_SRC) $(BENCH_SRC) $(FUZZ_SRC)
HEADERS := $(sort $(wildcard gen/*/*.h tests/*/*.h))
obj = $(patsubst %.c,$(BUILD)/%.o,$(1))

all: program ## install what is missing, build, and generate the books (BOOK=input/acme: only that one)
	$(BUILD)/salesbook build $(BOOK)

program: $(BUILD)/.packages $(BUILD)/salesbook $(BUILD)/salesbook.1 ## build the program and its man page

test: $(BUILD)/.test-packages program $(BUILD)/unit $(BUILD)/books $(BUILD)/rounds ## install what is missing and run all tests (PARTS="unit bad": only these)
	tests/run $(PARTS)

bench: program $(patsubst tests/bench/%.c,$(BUILD)/%,$(BENCH_SRC)) $(BUILD)/big_book ## measure speed, as ratios in one run
	tests/bench/measure

accept: program ## rewrite the expected files of tests from what comes now; read the diff
	ACCEPT=1 tests/run systems bad pages

asan: $(BUILD)/.test-packages ## build with ASan and UBSan and run the tests under them
	$(MAKE) BUILD=$(BUILD)/asan CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all" \
		$(BUILD)/asan/salesbook $(BUILD)/asan/unit $(BUILD)/asan/rounds
	SALESBOOK_TEMPLATES=templates SALESBOOK=$(BUILD)/asan/salesbook UNIT=$(BUILD)/asan/unit ROUNDS=$(BUILD)/asan/rounds FUZZ_ROUNDS=3000 \
		tests/run $(or $(PARTS),unit systems bad fuzz closed rebuild diff mail verify)

fuzz: $(BUILD)/.test-packages ## look for inputs that break csv, page, svg or yaml (SECONDS=20 for each)
	$(MAKE) BUILD=$(BUILD)/fuzz CC=clang \
		CFLAGS="-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all" $(BUILD)/fuzz/guided
	tests/fuzz/guided $(BUILD)/fuzz/guided $(or $(SECONDS),20)

coverage: ## which lines the tests reach
	$(MAKE) BUILD=$(BUILD)/coverage CFLAGS="-O0 -g --coverage" $(BUILD)/coverage/salesbook $(BUILD)/coverage/unit
	SALESBOOK_TEMPLATES=templates SALESBOOK=$(BUILD)/coverage/salesbook UNIT=$(BUILD)/coverage/unit tests/run unit systems bad
	cd $(BUILD)/coverage && find . -name '*.gcda' -path './gen/*' | xargs gcov -n 2>/dev/null | grep -A1 "^File 'gen/.*\.c'"

fmt: ## format the sources
	clang-format -i gen/*/*.[ch] tests/*/*.[ch]

lint: ## layering of includes, warnings of clang
	tests/lint

install: program ## install below PREFIX (/usr/local), staged below DESTDIR
	install -Dm755 $(BUILD)/salesbook $(DESTDIR)$(PREFIX)/bin/salesbook
	install -Dm644 $(BUILD)/salesbook.1 $(DESTDIR)$(PREFIX)/share/man/man1/salesbook.1
	$(BUILD)/salesbook completion bash > $(BUILD)/completion.bash
	install -Dm644 $(BUILD)/completion.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/salesbook
	cd templates && find . -type f -exec install -Dm644 {} $(DESTDIR)$(PREFIX)/share/salesbook/templates/{} \;

clean: ## remove all that make made
	rm -rf $(BUILD)
	find site output -mindepth 1 ! -name README.md -delete

fresh: ## both commands in a bare Debian 12 made by debootstrap, where the machine allows one
	tests/fresh

help: ## print this
	@sed -n 's/^\([a-z]*\):[^#]*## /\1	/p' Makefile | expand -t 12

$(BUILD)/salesbook: $(call obj,$(LIB_SRC) $(CMD_SRC))
	$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS)

$(BUILD)/unit: $(call obj,$(LIB_SRC) $(UNIT_SRC))
	$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS)

$(BUILD)/books: $(call obj,$(BOOKS_SRC))
	$(CC) $(CFLAGS_ALL) -o $@ $^ -lm

$(BUILD)/rounds: $(call obj,$(LIB_SRC) tests/fuzz/targets.c tests/fuzz/rounds.c)
	$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS)

$(BUILD)/guided: $(call obj,$(LIB_SRC) tests/fuzz/targets.c tests/fuzz/guided.c)
	$(CC) $(CFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(LIBS)

$(BUILD)/big_book: tests/bench/big_book.c
	$(CC) $(CFLAGS_ALL) -o $@ $<

$(BUILD)/%_bench: $(BUILD)/tests/bench/%_bench.o $(call obj,$(LIB_SRC))
	$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS)

$(BUILD)/salesbook.1: gen/cmd/salesbook.1.md | $(BUILD)/.packages
	{ printf '.TH SALESBOOK 1\n'; cmark -t man $<; } > $@

$(BUILD)/%.o: %.c | $(BUILD)/.packages
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# A report names the sources that it was made by, so this object is as new as the newest of them.
$(BUILD)/gen/render/pdf_origin.o: $(LIB_SRC) $(HEADERS)
$(BUILD)/gen/render/pdf_origin.o: CFLAGS_ALL += -DSALESBOOK_SOURCES='"$(shell cat $(LIB_SRC) \
	$(sort $(filter gen/%,$(HEADERS))) | sha256sum | cut -c 1-16)"'

# The stamps are older than the Makefile only when the lists of packages may have changed.
$(BUILD)/.packages: Makefile
	@gen/packages $(PACKAGES)
	@mkdir -p $(@D) && touch $@

$(BUILD)/.test-packages: Makefile
	@gen/packages $(TEST_PACKAGES)
	@mkdir -p $(@D) && touch $@

-include $(patsubst %.o,%.d,$(call obj,$(SOURCES)))

.PHONY: all program test bench accept asan fuzz coverage fmt lint install clean fresh help
.SECONDARY:
