package io.byteport.adapter.cloud.model;

import io.byteport.dsl.value.DataSize;

/** What a machine has. */
public record Resources(double cpu, DataSize memory) {}
