#!/bin/sh
cd {project} && exec {python} -m caoan_stats desk --data {data}
