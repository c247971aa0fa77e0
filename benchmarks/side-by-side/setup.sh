#!/bin/bash
# Installs the other libraries (Debian; needs root or sudo) and builds the programs that are compared.
#   ./setup.sh [--no-install] [--work DIR]
# Needs the .NET 10 SDK on the PATH. Everything built goes to the work directory.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${TMPDIR:-/tmp}/gmm-side-by-side
install=yes
while [ $# -gt 0 ]; do
  case $1 in
    --no-install) install=no; shift ;;
    --work) work=$2; shift 2 ;;
    *) echo "unknown option: $1" >&2; exit 2 ;;
  esac
done

if [ "$install" = yes ]; then
  sudo=()
  [ "$(id -u)" = 0 ] || sudo=(sudo)
  "${sudo[@]}" apt-get update
  "${sudo[@]}" apt-get install -y --no-install-recommends \
    g++ libarmadillo-dev libopenblas-dev libopenblas0-pthread \
    python3-numpy python3-scipy python3-sklearn python3-threadpoolctl r-base-core r-cran-mclust
fi

mkdir -p "$work/bin"
g++ -std=c++17 -O3 -march=native -fopenmp -DARMA_NO_DEBUG -DARMA_DONT_USE_WRAPPER \
  "$here/armadillo_peer.cpp" -o "$work/bin/armadillo_peer" -lopenblas
dotnet build --nologo -v quiet -c Release "$here/../Peer/Peer.csproj" -o "$work/bin/gmm-peer"
echo "built into $work/bin"
