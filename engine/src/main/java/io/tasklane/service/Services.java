package io.tasklane.service;

import java.util.List;

/**
 * All services of one engine, by type: what the edges (gRPC, web) call. They are plain objects, so
 * that a call costs nothing beyond its work; what they throw reaches the caller as it was thrown.
 */
public final class Services {
  private final List<Object> services;

  private Services(List<Object> services) {
    this.services = services;
  }

  /** These services; of two that have a type, the first is found. */
  public static Services of(Object... services) {
    return new Services(List.of(services));
  }

  /**
   * The service of this type; usable as long as its engine runs.
   *
   * @throws IllegalStateException if no feature registers one
   */
  public <S> S get(Class<S> type) {
    return services.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no feature registers a " + type.getSimpleName()));
  }
}
