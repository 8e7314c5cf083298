# shellcheck shell=sh
# Sourced by what starts Java: it opens no file whose name has letters beyond ASCII unless the locale's character set is
# UTF-8, and the locale of cron, of systemd's services and of `env -i` is plain C.
if [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then
    [ -z "${LC_ALL:-}" ] || export LC_ALL=C.UTF-8
    export LC_CTYPE=C.UTF-8
fi
