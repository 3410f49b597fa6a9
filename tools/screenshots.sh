#!/usr/bin/env bash
# Pictures of every window at the sizes of office screens: tools/screenshots.sh PYTHON FOLDER
set -euo pipefail
py=$1 folder=$2
export QT_QPA_PLATFORM=offscreen
take() { # name, scale, logical width, logical height
    QT_SCALE_FACTOR=$2 "$py" tools/screenshots.py "$folder/$1" "$3" "$4" 2> >(grep -v propagateSizeHints >&2)
    echo "$folder/$1"
}
take 1366x768-100 1 1366 728
take 1366x768-125 1.25 1093 580
take 1366x768-150 1.5 911 480
take 1920x1080-100 1 1920 1040
