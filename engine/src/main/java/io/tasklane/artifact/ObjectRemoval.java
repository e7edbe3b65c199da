package io.tasklane.artifact;

import io.tasklane.artifact.storage.ArtifactStorage;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes objects that no artifact has.
 *
 * @param storage has them
 * @param leftovers knows them
 */
record ObjectRemoval(ArtifactStorage storage, OrphanObjects leftovers) {
  private static final Logger LOG = Logger.getLogger(ObjectRemoval.class.getName());

  /** Whether it is gone; what cannot be removed now is found again by the next clean-up. */
  boolean remove(String key) {
    try {
      storage.remove(key);
    } catch (IOException away) {
      LOG.log(Level.WARNING, "object " + key + " is removed by the next clean-up", away);
      return false;
    }
    leftovers.forget(key);
    return true;
  }
}
