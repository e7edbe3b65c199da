package io.tasklane.artifact;

import io.tasklane.artifact.storage.ArtifactStorage;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes objects that belong to no artifact.
 *
 * @param storage contains them
 * @param leftovers records them
 */
record ObjectRemoval(ArtifactStorage storage, OrphanObjects leftovers) {
  private static final Logger LOG = Logger.getLogger(ObjectRemoval.class.getName());

  /** Removes the object. Returns whether it is gone; if not, the next clean-up tries again. */
  boolean remove(String key) {
    try {
      storage.remove(key);
    } catch (IOException | RuntimeException away) {
      LOG.log(Level.WARNING, "object " + key + " is removed by the next clean-up", away);
      return false;
    }
    leftovers.forget(key);
    return true;
  }
}
