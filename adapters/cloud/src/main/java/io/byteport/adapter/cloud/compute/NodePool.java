package io.byteport.adapter.cloud.compute;

import io.byteport.adapter.cloud.model.Resources;
import org.jspecify.annotations.Nullable;

/**
 * A group of like nodes.
 *
 * @param size how many are wanted
 * @param maximum its own bound; the size where nobody set one
 * @param minimum its own bound; the size where nobody set one
 * @param account the inventory's name of the account that it was found in
 * @param within what the provider needs beside the name: a region, or the cluster's path
 */
public record NodePool(
    String name,
    long size,
    long maximum,
    Resources perNode,
    @Nullable Long minimum,
    @Nullable Provider provider,
    @Nullable String account,
    @Nullable String within) {}
