package org.patchbay.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder for all that is stored; one process at a time. Held until the process ends. */
final class DataFolder {

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    private static final String LOCK = "patchbay.lock";

    // Kept reachable: a closed channel gives the lock back.
    private final FileLock lock;

    private DataFolder(FileLock lock) {
        this.lock = lock;
    }

    /** Makes the folder where it is missing and takes it for this process. */
    static DataFolder take(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new StartFailure(
                        "the data folder %s is in use by another Patchbay%s; stop it or set PATCHBAY_DATA to another folder"
                                .formatted(folder, holder(channel)));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            Long.toString(ProcessHandle.current().pid())
                                    .getBytes(StandardCharsets.UTF_8)));
            return new DataFolder(lock);
        } catch (IOException e) {
            throw new StartFailure(
                    "the data folder %s can't be written to (%s); set PATCHBAY_DATA to one that can"
                            .formatted(folder, e),
                    e);
        }
    }

    /** Gives the folder to the next process; nothing may be written to it any more. */
    void release() {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("The lock of the data folder goes with the process");
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        int read = channel.read(pid, 0);
        return read <= 0
                ? ""
                : " (process " + new String(pid.array(), 0, read, StandardCharsets.UTF_8) + ")";
    }
}
