package io.byteport.adapter.host.machine;

/**
 * A machine of the inventory, as runbooks name it.
 *
 * @param name the name or an alias of its entry
 */
public record Host(String name) {}
