package io.byteport.dsl.type;

import org.jspecify.annotations.Nullable;

/**
 * That something will go away.
 *
 * @param since the version that first said so
 * @param instead the name of what takes its place with the same meaning; null where nothing does
 * @param why one sentence without a full stop
 */
public record Deprecation(String since, @Nullable String instead, String why) {}
