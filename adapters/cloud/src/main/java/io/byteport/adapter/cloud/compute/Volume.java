package io.byteport.adapter.cloud.compute;

import io.byteport.dsl.value.DataSize;
import org.jspecify.annotations.Nullable;

/**
 * One block volume.
 *
 * @param usable false while a modification is under way that the machine cannot see yet
 * @param attachedTo the instance's id
 * @param account the inventory's name of the account that it was found in
 */
public record Volume(
    String id,
    VolumeProvider provider,
    DataSize size,
    boolean usable,
    @Nullable String attachedTo,
    @Nullable String account,
    @Nullable String region,
    @Nullable String zone,
    @Nullable String project) {

  Place place() {
    return new Place(region, zone, project);
  }
}
