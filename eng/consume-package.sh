#!/usr/bin/env bash
# Uses the packed library as a stranger does: in a fresh console project outside the repository, from a local feed beside the
# configured sources, with a packages folder of its own so that no earlier package of the same version can stand in.
# Usage: eng/consume-package.sh FOLDER    where FOLDER holds one GaussianMixtures nupkg and its snupkg
set -euo pipefail
export LC_ALL=C

fail() { printf 'consume-package: %s\n' "$*" >&2; exit 1; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
feed=$(cd "${1:?the folder that holds the nupkg}" && pwd)
packages=("$feed"/GaussianMixtures.[0-9]*.nupkg)
[ "${#packages[@]}" -eq 1 ] && [ -f "${packages[0]}" ] || fail "expected exactly one GaussianMixtures package in $feed"
package=${packages[0]}
version=$(basename "$package" .nupkg)
version=${version#GaussianMixtures.}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NUGET_PACKAGES="$work/packages"

dotnet new console --framework net10.0 --name Stranger --output "$work/Stranger" --no-restore
cd "$work/Stranger"
cat > nuget.config <<CONFIG
<configuration>
  <packageSources>
    <add key="the package under test" value="$feed" />
  </packageSources>
</configuration>
CONFIG
cat > Program.cs <<'PROGRAM'
using GaussianMixtures;

double[][] x = [[0.0, 0.1], [0.2, 0.0], [0.1, 0.3], [0.3, 0.2], [0.2, 0.2], [9.0, 9.1], [9.2, 8.8], [8.9, 9.3]];
GaussianMixtureModel model = new GaussianMixture(components: 2).Fit(x);
Console.WriteLine($"labels {string.Join(' ', model.Predict(x))}");
PROGRAM
dotnet add package GaussianMixtures --version "$version"
answer=$(dotnet run -c Release)
[ "$answer" = "labels 0 0 0 0 0 1 1 1" ] || fail "the fresh project printed: $answer"

installed="$NUGET_PACKAGES/gaussianmixtures/$version"
cmp "$package" "$installed/gaussianmixtures.$version.nupkg" || fail "the fresh project used another package than $package"
cmp "$root/README.md" "$installed/README.md" || fail "the package does not hold README.md"
nuspec="$installed/gaussianmixtures.nuspec"
grep -qF '<readme>README.md</readme>' "$nuspec" || fail "the package does not show its README"
grep -qF '<license type="expression">MIT</license>' "$nuspec" || fail "the package has no licence expression"
docs="$installed/lib/net10.0/GaussianMixtures.xml"
grep -qF 'M:GaussianMixtures.GaussianMixture.Fit(' "$docs" || fail "the package has no XML docs"
symbols="${package%.nupkg}.snupkg"
[ -f "$symbols" ] || fail "there is no symbol package beside $package"
grep -qaF 'lib/net10.0/GaussianMixtures.pdb' "$symbols" || fail "the symbol package holds no symbols"

printf 'GaussianMixtures %s: consumed from the package, with README, licence, XML docs and symbols\n' "$version"
