package io.byteport.adapter.host.model;

import io.byteport.dsl.value.DataSize;
import io.byteport.dsl.value.Percent;

/** A filesystem and what of it is in use. */
public record Filesystem(
    String mount,
    String device,
    String fsType,
    DataSize size,
    DataSize used,
    DataSize free,
    Percent usedPercent,
    Percent inodesUsedPercent) {}
