package io.byteport.adapter.host.model;

import io.byteport.dsl.value.DataSize;

/** A directory and all that lies in it, on one filesystem. */
public record Directory(String path, DataSize size) {}
