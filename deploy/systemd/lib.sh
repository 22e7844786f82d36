# shellcheck shell=bash
# What install-server, install-agent, upgrade, backup and restore have in common. Sourced, never run.
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
units=$checkout/deploy/systemd
prefix= # with --prefix everything is laid out below it, and nothing of this machine is touched

# say VIETNAMESE ENGLISH
say() { printf '%s\n%s\n' "$1" "$2"; }

# refuse VIETNAMESE ENGLISH: ends the script with code 2; both sentences say what to do.
refuse() { say "$1" "$2" >&2; exit 2; }

unknown() { refuse "Không có tùy chọn $1: hãy xem “deploy/${0##*/} --help”." "There is no option $1: see “deploy/${0##*/} --help”."; }

# value OPTION [VALUE]: the value, or a refusal when it is missing.
value() {
  if [ -z "${2-}" ]; then refuse "Thiếu giá trị cho $1: hãy xem “deploy/${0##*/} --help”." "$1 has no value: see “deploy/${0##*/} --help”."; fi
  printf '%s' "$2"
}

# real FOLDER: absolute, without links; the folder need not exist.
real() { realpath -m -- "$1"; }

need_root() {
  if [ -z "$prefix" ] && [ "$(id -u)" -ne 0 ]; then
    refuse "Việc này cần quyền root: hãy chạy “sudo deploy/${0##*/} …”." "This needs root: run “sudo deploy/${0##*/} …”."
  fi
}

need_systemd() {
  if [ -z "$prefix" ] && [ ! -d /run/systemd/system ]; then
    refuse "Máy này không chạy systemd: hãy cài trên Debian 12, hoặc dùng deploy/run để chạy thử." \
      "This machine does not run systemd: install on Debian 12, or try it out with deploy/run."
  fi
}

# need_port WHAT NUMBER HIGHEST
need_port() {
  if ! [[ $2 =~ ^[0-9]{1,5}$ ]] || [ "$2" -lt 1 ] || [ "$2" -gt "$3" ]; then
    refuse "$1 phải là số từ 1 đến $3." "$1 must be a number from 1 to $3."
  fi
}

# need_plain WHAT TEXT: what goes into a unit or a settings file must not be able to end its line or its word.
need_plain() {
  if ! [[ $2 =~ ^[A-Za-z0-9._:/@+-]+$ ]]; then
    refuse "$1 chỉ được gồm chữ không dấu, số và . _ : / @ + - : hãy chọn tên khác." "$1 may hold only plain letters, digits and . _ : / @ + - : choose another name."
  fi
}

control() { if [ -z "$prefix" ]; then systemctl "$@"; fi; }

# service_user NAME HOME [GROUP…]: a system account without shell and without password.
service_user() {
  local name=$1 home=$2 group; shift 2
  if [ -n "$prefix" ]; then return; fi
  if ! getent passwd "$name" >/dev/null; then
    useradd --system --user-group --home-dir "$home" --no-create-home --shell /usr/sbin/nologin "$name"
  fi
  for group in "$@"; do
    if getent group "$group" >/dev/null; then usermod --append --groups "$group" "$name"; fi
  done
}

# own_folder FOLDER MODE USER
own_folder() {
  mkdir -p "$1"; chmod "$2" "$1"
  if [ -z "$prefix" ]; then chown "$3:$3" "$1"; fi
}

# template FILE TARGET MODE NAME=VALUE… : fills @NAME@; written whole or not at all.
template() {
  local from=$1 to=$2 mode=$3 text pair; shift 3
  text=$(<"$from")
  for pair in "$@"; do text=${text//@${pair%%=*}@/${pair#*=}}; done
  mkdir -p "$(dirname "$to")"
  printf '%s\n' "$text" >"$to.new"; chmod "$mode" "$to.new"; mv -f "$to.new" "$to"
}

# build server|agent TARGET: publishes from this checkout.
build() {
  command -v dotnet >/dev/null || refuse \
    "Thiếu .NET SDK 10 để biên dịch: hãy cài .NET SDK 10, hoặc dùng --from với bản đã biên dịch ở máy khác." \
    "The .NET SDK 10 is missing: install it, or use --from with a build made on another machine."
  local project=server/BorderInfo.Server.csproj flags=()
  # One trimmed file for the site PC, compiled ahead: the first picture comes in a third of the time.
  if [ "$1" = agent ]; then project=agent/Host/BorderInfo.Agent.csproj; flags=(-p:PublishSingleFile=true -p:PublishTrimmed=true -p:PublishReadyToRun=true); fi
  echo "Đang biên dịch / building $1 …"
  (cd "$checkout" && DOTNET_CLI_TELEMETRY_OPTOUT=1 dotnet publish "$project" -c Release -r linux-x64 --self-contained -v q -nologo -clp:ErrorsOnly "${flags[@]}" -o "$2") ||
    refuse "Biên dịch lỗi, chưa thay đổi gì: hãy xem các dòng trên." "The build failed and nothing was changed: see the lines above."
}

# version_of server|agent FOLDER: the version written in a published build; refuses what is not one.
version_of() {
  local version=
  if [ ! -x "$2/borderinfo-$1" ]; then
    refuse "$2 không phải bản đã biên dịch của $1 (thiếu borderinfo-$1): hãy chỉ đúng thư mục sau --from." \
      "$2 is not a published build of the $1 (borderinfo-$1 is missing): name the right folder after --from."
  fi
  if [ "$1" = server ]; then version=$(sed -n 's|^ *"borderinfo-server/\([0-9A-Za-z.+-]*\)".*|\1|p' "$2/borderinfo-server.deps.json" 2>/dev/null | head -n 1)
  else version=$("$2/borderinfo-agent" --version 2>/dev/null | head -n 1) || true; fi
  [[ $version =~ ^[0-9A-Za-z.+-]+$ ]] || refuse "Không đọc được số phiên bản trong $2: hãy biên dịch lại." "$2 does not tell its version: build it again."
  printf '%s' "$version"
}

# place server|agent FROM-or-empty: a new version beside the old ones; its folder is in $placed. Nothing runs it yet.
place() {
  local kind=$1 from=$2 home=$prefix/opt/borderinfo/$1 coming version
  if [ -n "$from" ]; then version_of "$kind" "$from" >/dev/null; fi
  mkdir -p "$home"; chmod 755 "$prefix/opt/borderinfo" "$home"
  find "$home" -mindepth 1 -maxdepth 1 -name '.coming-*' -exec rm -rf {} +
  coming=$(mktemp -d "$home/.coming-XXXXXX")
  if [ -n "$from" ]; then cp -R -- "$from/." "$coming/"; else build "$kind" "$coming"; fi
  version=$(version_of "$kind" "$coming")
  chmod -R u=rwX,go=rX "$coming"
  if [ -z "$prefix" ]; then chown -R root:root "$coming"; fi
  placed=$home/$version-$(date -u +%Y%m%d-%H%M%S)
  if [ -e "$placed" ]; then sleep 1; placed=$home/$version-$(date -u +%Y%m%d-%H%M%S); fi
  sync -f "$coming"
  mv "$coming" "$placed"
}

# point server|agent FOLDER: the link "current" goes over in one step, the old one becomes "previous".
point() {
  local home=$prefix/opt/borderinfo/$1 old
  old=$(readlink "$home/current" 2>/dev/null || true)
  if [ -n "$old" ] && [ "$old" != "$(basename "$2")" ]; then ln -sfnT "$old" "$home/previous"; fi
  ln -sfnT "$(basename "$2")" "$home/.current-new"
  mv -fT "$home/.current-new" "$home/current"
}

# prune server|agent: keeps three versions, and always the current and the previous one.
prune() {
  local home=$prefix/opt/borderinfo/$1 name kept=0
  while read -r name; do
    kept=$((kept + 1))
    if [ "$kept" -le 3 ] || [ "$name" = "$(readlink "$home/current")" ] || [ "$name" = "$(readlink "$home/previous" 2>/dev/null || true)" ]; then continue; fi
    rm -rf "${home:?}/$name"
  done < <(find "$home" -mindepth 1 -maxdepth 1 -type d ! -name '.*' -printf '%T@ %f\n' | sort -rn | cut -d' ' -f2-)
}

# service_data server|agent: the data folder the installed service uses, or the usual one.
service_data() {
  local unit=$prefix/etc/systemd/system/borderinfo-$1.service found=
  if [ -r "$unit" ]; then found=$(sed -n 's/^ReadWritePaths=//p' "$unit" | tail -n 1); fi
  if [ -z "$found" ]; then if [ "$1" = server ]; then found=/var/lib/borderinfo; else found=/var/lib/borderinfo-agent; fi; fi
  printf '%s' "$found"
}

# choose_data server|agent WISH: the folder to install for; data never changes its place by running the command again.
choose_data() {
  local now; now=$(service_data "$1")
  if [ -n "$2" ] && [ "$(real "$2")" != "$now" ] && [ -e "$prefix/etc/systemd/system/borderinfo-$1.service" ]; then
    refuse "Đã cài với dữ liệu trong $now: hãy bỏ --data, hoặc dừng dịch vụ, chuyển thư mục, xóa tệp dịch vụ rồi cài lại." \
      "Installed with its data in $now: leave out --data, or stop the service, move the folder, delete the unit and install again."
  fi
  if [ -n "$2" ]; then real "$2"; else printf '%s' "$now"; fi
}

# setting FILE NAME DEFAULT: a value of server.conf.
setting() {
  local found=
  if [ -r "$1" ]; then found=$(sed -n "s/^$2=//p" "$1" | tail -n 1); fi
  printf '%s' "${found:-$3}"
}

# within SECONDS COMMAND… : asks every half second until the command says yes.
within() {
  local end=$((SECONDS + $1)); shift
  until "$@"; do
    if [ "$SECONDS" -ge "$end" ]; then return 1; fi
    sleep 0.5
  done
}

# Does the server answer on its own door?
server_healthy() {
  local conf=$prefix/etc/borderinfo/server.conf
  curl -fsS -m 5 -o /dev/null "http://$(setting "$conf" bind 127.0.0.1):$(setting "$conf" port 8080)/healthz" 2>/dev/null
}

# agent_healthy DATA: its status can be read and, with systemd, the unit has said READY and still runs.
agent_healthy() {
  control is-active --quiet borderinfo-agent || return 1
  local asking=()
  if [ -z "$prefix" ]; then asking=(runuser -u borderinfo-agent --); fi
  "${asking[@]}" "$prefix/opt/borderinfo/agent/current/borderinfo-agent" status --data "$1" >/dev/null 2>&1
}

# in_use FILE: does a process of this machine hold it open? (As root it sees everybody's.)
in_use() {
  local wanted; wanted=$(real "$1")
  # find itself says "wrong" whenever a process ends meanwhile: what counts is what it found.
  [ -n "$(find /proc/[0-9]*/fd -lname "$wanted" -print -quit 2>/dev/null || true)" ]
}
