@echo off
chcp 65001 >nul
title {name}
pushd "{project}"
"{python}" -m caoan_stats desk --data "{data}"
if errorlevel 1 pause
