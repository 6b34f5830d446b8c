package io.byteport.sim.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One object before and after one write.
 *
 * @param version the resource version that the write made
 * @param before empty where the write created the object
 * @param after empty where the write deleted the object
 */
public record Change(
    long version, ObjectKey key, Optional<ObjectNode> before, Optional<ObjectNode> after) {}
