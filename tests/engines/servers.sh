# Throwaway servers below $work, and the tables of a book in them.

# columns FILE TEXT DATE NUMBER AMOUNT YES [OTHER-DATES]: the columns of a CSV with the types of a dialect. Only
# the dates of a fact are always there.
columns() {
    head -n 1 "$1" | tr ',' '\n' | while read -r name; do
        case $(basename "$1" .csv):$name in
        *:date) type=$3 ;;
        *:closed | *:hired) type=${7:-$2} ;;
        *:quantity | *:wanted | *:supplied | *:visitors | *:pageviews | *:leads | traffic:orders) type=$4 ;;
        *:pieces | *:level) type=$4 ;;
        sales:amount) type=$5 ;;
        *:key_brand | *:senior) type=$6 ;;
        *) type=$2 ;;
        esac
        printf '"%s" %s\n' "$name" "$type"
    done | paste -sd ,
}

# ---- PostgreSQL ----

pg=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)

# The server refuses to be root's.
as_nobody() {
    if [ "$(id -u)" -eq 0 ]; then runuser -u nobody -- "$@"; else "$@"; fi
}

start_postgres() {
    chmod 711 "$work"
    mkdir "$work/pg"
    [ "$(id -u)" -ne 0 ] || chown nobody "$work/pg"
    (cd "$work/pg" && as_nobody "$pg/initdb" -D data -A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync &&
        as_nobody "$pg/pg_ctl" -D data -w -l log -o "-k $work/pg -c listen_addresses='' -c fsync=off" start) >"$work/out" 2>&1 ||
        cat "$work/out"
}

# load_postgres DATABASE BOOK TABLE…: a database that orders texts as people do, not by their bytes.
load_postgres() {
    database=$1 book=$2
    shift 2
    psql -qX -h "$work/pg" -U postgres postgres \
        -c "CREATE DATABASE $database TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"
    for table; do
        psql -qX -v ON_ERROR_STOP=1 -h "$work/pg" -U postgres "$database" \
            -c "CREATE TABLE $table ($(columns "$book/$table.csv" text date bigint 'numeric(18, 2)' boolean date))" \
            -c "\\copy $table FROM $book/$table.csv CSV HEADER"
    done
}

# ---- two ClickHouse servers ----

free_ports() {
    python3 -c '
import socket
all = [socket.socket() for _ in range(2)]
for s in all:
    s.bind(("127.0.0.1", 0))
print(*(s.getsockname()[1] for s in all))'
}

start_clickhouse() {
    set -- $(free_ports)
    port1=$1 port2=$2
    for port; do
        mkdir "$work/ch$port"
        cat >"$work/ch$port/config.xml" <<X
<yandex>
  <logger><level>warning</level><log>$work/ch$port/log</log><errorlog>$work/ch$port/errors</errorlog></logger>
  <listen_host>127.0.0.1</listen_host><tcp_port>$port</tcp_port>
  <path>$work/ch$port/data/</path><tmp_path>$work/ch$port/tmp/</tmp_path>
  <users_config>users.xml</users_config>
  <default_profile>default</default_profile><default_database>default</default_database>
  <mark_cache_size>10000000</mark_cache_size>
  <remote_servers><both>
    <shard><replica><host>127.0.0.1</host><port>$port1</port></replica></shard>
    <shard><replica><host>127.0.0.1</host><port>$port2</port></replica></shard>
  </both></remote_servers>
</yandex>
X
        cat >"$work/ch$port/users.xml" <<'X'
<yandex>
  <profiles><default/></profiles><quotas><default/></quotas>
  <users><default>
    <password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
  </default></users>
</yandex>
X
        (cd "$work/ch$port" && exec clickhouse-server --config-file=config.xml >out 2>&1) &
        echo $! >"$work/ch$port/pid"
    done
    for port; do
        for _ in $(seq 100); do
            if clickhouse-client --port "$port" --query 'SELECT 1' >/dev/null 2>&1; then break; fi
            sleep 0.1
        done
    done
}

# What ClickHouse reads as NULL.
with_nulls() {
    python3 -c '
import csv, re, sys
known = {"": "\\N", "yes": "1", "no": "0"}
for row in list(csv.reader(sys.stdin))[1:]:
    texts = ["\"" + cell.replace("\"", "\"\"") + "\"" for cell in row]
    print(",".join(known.get(cell, cell if re.fullmatch("[-0-9.]+", cell) else text) for cell, text in zip(row, texts)))'
}

# load_clickhouse DATABASE BOOK TABLE…: rows of facts lie on either server, what they refer to on the first alone.
load_clickhouse() {
    database=$1 book=$2
    shift 2
    for port in "$port1" "$port2"; do
        clickhouse-client --port "$port" --query "CREATE DATABASE $database"
    done
    for table; do
        columns=$(columns "$book/$table.csv" 'Nullable(String)' Date 'Nullable(Int64)' 'Nullable(Decimal(18, 2))' \
            'Nullable(UInt8)' 'Nullable(Date)')
        case $table in
        sales | orders | traffic)
            for port in "$port1" "$port2"; do
                clickhouse-client --port "$port" --database "$database" --query "CREATE TABLE ${table}_here ($columns) \
                    ENGINE = MergeTree() PARTITION BY toYYYYMM(date) ORDER BY date"
            done
            clickhouse-client --port "$port1" --database "$database" --query "CREATE TABLE $table AS ${table}_here \
                ENGINE = Distributed(both, $database, ${table}_here, toRelativeDayNum(date))"
            ;;
        *)
            clickhouse-client --port "$port1" --database "$database" --query "CREATE TABLE $table ($columns) ENGINE = Memory"
            ;;
        esac
        with_nulls <"$book/$table.csv" |
            clickhouse-client --port "$port1" --database "$database" --insert_distributed_sync=1 \
                --query "INSERT INTO $table FORMAT CSV"
    done
}

stop_servers() {
    for pid in "$work"/ch*/pid; do
        [ ! -f "$pid" ] || kill -9 "$(cat "$pid")" 2>/dev/null
    done
    [ ! -f "$work/pg/data/postmaster.pid" ] || as_nobody "$pg/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null 2>&1
}
