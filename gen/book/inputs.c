#include "publish.h"

/* Files are hashed before anybody reads them, so that what changes meanwhile is built the next
 * time. A large one need not be read for that alone: where the trees that are published are plainly
 * of other bytes, it gets the hash of what is read of it. */

enum { LARGE = 16 << 20 };

struct input {
    str name, path;
    struct file_mark mark; /* as it was found */
    struct hash128 hash;
    bool hashed;
};

struct inputs {
    struct arena *mem;
    const struct build_options *options;
    LIST(struct input) files;
    struct hash128 engines;
    bool known;
    size_t bytes;
};

static void add_file(struct inputs *in, str name, str path)
{
    struct input file = {.name = name, .path = path};
    if (file_mark(path, &file.mark))
        in->bytes += file.mark.size;
    file.hashed = file.mark.size <= LARGE;
    if (file.hashed)
        file.hash = file_hash(path, 1);
    PUSH(in->mem, &in->files, file);
}

static void add_folder(struct inputs *in, str folder)
{
    str *files;
    size_t n = dir_walk_linked(in->mem, folder, &files);
    for (size_t i = 0; i < n; i++)
        add_file(in, files[i], path_join(in->mem, folder, files[i]));
}

struct inputs *inputs_find(struct arena *mem, const struct book *book,
                           const struct build_options *o)
{
    struct inputs *in = NEW(mem, struct inputs);
    struct hasher *engines = hasher_new(mem);
    *in = (struct inputs){.mem = mem, .options = o};
    in->known = engines_versions(mem, book->engine, book->nengines, book->dir, engines);
    in->engines = hasher_end(engines);
    add_folder(in, book->dir);
    add_folder(in, book->templates);
    add_file(in, S(""), S("/proc/self/exe"));
    return in;
}

bool inputs_are_known(const struct inputs *in)
{
    return in->known;
}

str inputs_bytes(const struct inputs *in)
{
    return arena_printf(in->mem, "%zu", in->bytes);
}

/* Of one that has changed since it was found nobody knows what of it was read: a hash that no other
 * build has. */
static struct hash128 hash_late(const struct inputs *in, const struct input *file)
{
    struct file_mark now = {0};
    struct hash128 hash = file_hash(file->path, in->options->jobs);
    if (file_mark(file->path, &now) && now.size == file->mark.size &&
        now.changed == file->mark.changed)
        return hash;
    return hash128_of_now();
}

static void hash_large(struct inputs *in, const struct dataset *data)
{
    for (size_t i = 0; i < in->files.n; i++) {
        struct input *file = &in->files.at[i];
        const struct hash128 *read = data ? map_get(&data->hashes, file->path) : NULL;
        if (file->hashed)
            continue;
        file->hash = read ? *read : hash_late(in, file);
        file->hashed = true;
    }
}

static void add_hash(struct hasher *h, struct hash128 hash)
{
    hasher_add(h, (str){(const char *)&hash, sizeof hash});
}

str inputs_key(struct inputs *in, const struct dataset *data)
{
    const struct build_options *o = in->options;
    struct hasher *h = hasher_new(in->mem);
    hash_large(in, data);
    add_hash(h, in->engines);
    for (size_t i = 0; i < in->files.n; i++) {
        hasher_add(h, in->files.at[i].name);
        add_hash(h, in->files.at[i].hash);
    }
    hasher_add(h, o->open.as_of == DAY_NONE ? S("") : day_iso(in->mem, o->open.as_of));
    hasher_add(h, o->open.strict ? S("strict") : S(""));
    hasher_add(h, o->report);
    hasher_add(h, o->preview ? S("preview") : S(""));
    for (size_t i = 0; i < o->open.nchanges; i++) {
        const struct change_fact *f = &o->open.change[i];
        const str said[] = {f->text, f->before, f->after, f->difference};
        for (size_t k = 0; k < 4; k++)
            hasher_add(h, said[k]);
    }
    return hash128_hex(in->mem, hasher_end(h));
}

bool inputs_are_published(struct inputs *in)
{
    struct stamp now = {.bytes = inputs_bytes(in)};
    if (!is_current(in->mem, in->options, &now))
        return false;
    now.key = inputs_key(in, NULL);
    return is_current(in->mem, in->options, &now);
}
