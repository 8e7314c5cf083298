# Finds kernel modules and what they depend on. Debian's kernel packages have no modules.dep: depmod would write it at
# installation. The modules tell the same themselves, in their .modinfo section ("depends=", "alias=").

declare -A module_path=()    # every module that the kernel has, name -> path below $module_tree
declare -A module_built_in=()

# - and _ are the same in the name of a module.
module_name() {
    local base=${1##*/}
    base=${base%%.ko*}
    echo "${base//-/_}"
}

index_modules() {
    local path built_in
    built_in=$(one_of "list of built-in modules" "$module_tree"/modules.builtin)
    while read -r path; do
        module_path[$(module_name "$path")]=$path
    done < <(cd -- "$module_tree" && find . -name '*.ko*' -printf '%P\n')
    while read -r path; do
        module_built_in[$(module_name "$path")]=yes
    done < "$built_in"
}

# $1: path below the tree. Prints the module as it is without compression.
module_content() {
    case $1 in
        *.xz) xz -dc -- "$module_tree/$1" ;;
        *.zst) zstd -qdc -- "$module_tree/$1" ;;
        *) cat -- "$module_tree/$1" ;;
    esac
}

# $1: path below the tree; $2: depends or alias. Prints the values, one a line.
module_info() {
    module_content "$1" | tr '\0' '\n' | { grep -a "^$2=" || true; } | sed "s/^$2=//"
}

# Modules (a trailing ? marks those that may be missing) into the list `closure`, what a module needs before it.
close_modules() {
    local wanted name
    closure=()
    for wanted in "$@"; do
        name=$(module_name "${wanted%\?}")
        if [ -n "${module_path[$name]:-}" ]; then
            add_to_closure "$name"
        elif [ -z "${module_built_in[$name]:-}" ] && [ "$wanted" = "${wanted%\?}" ]; then
            fail "$EX_DATAERR" "the kernel $kernel_version has no module $name"
        fi
    done
}

add_to_closure() {
    local needed
    [[ " ${closure[*]} " != *" $1 "* ]] || return 0
    for needed in $(module_info "${module_path[$1]}" depends | tr , ' '); do
        add_to_closure "$(module_name "$needed")"
    done
    closure+=("$1")
}

# $1: folder of the root file system. Puts the modules of `closure` there, with modules.dep and modules.alias.
install_modules() {
    local folder=$1/usr/lib/modules/$kernel_version name path needed line
    mkdir -p "$folder"
    for name in "${closure[@]}"; do
        path=${module_path[$name]}
        mkdir -p "$folder/$(dirname "$path")"
        module_content "$path" > "$folder/$(installed_path "$name")"
        line=$(installed_path "$name"):
        for needed in $(dependencies_of "$name"); do
            line+=" $(installed_path "$needed")"
        done
        echo "$line" >> "$folder/modules.dep"
        module_info "$path" alias | sed "s/.*/alias & $name/" >> "$folder/modules.alias"
    done
}

installed_path() {
    local path=${module_path[$1]}
    echo "${path%%.ko*}.ko"
}

# All that a module needs, the nearest first, as modules.dep has it.
dependencies_of() {
    local closure=() index
    add_to_closure "$1"
    for ((index = ${#closure[@]} - 2; index >= 0; index--)); do
        echo "${closure[index]}"
    done
}
