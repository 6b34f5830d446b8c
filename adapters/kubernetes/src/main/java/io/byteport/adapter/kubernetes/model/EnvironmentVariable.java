package io.byteport.adapter.kubernetes.model;

import org.jspecify.annotations.Nullable;

/**
 * A variable of a container.
 *
 * @param value null where it is not to be shown, or only the running container knows it
 */
public record EnvironmentVariable(String container, String name, @Nullable String value) {}
