package antiphon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class HeapTest {
    private static final String LIMIT = "SoftMaxHeapSize";

    private final HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

    @Test
    void shouldLetTheHeapGrowToItsMost() {
        String before = hotSpot.getVMOption(LIMIT).getValue();
        hotSpot.setVMOption(LIMIT, Long.toString(48L << 20));
        try {
            Heap.letGrow();
            assertThat(hotSpot.getVMOption(LIMIT).getValue())
                    .isEqualTo(hotSpot.getVMOption("MaxHeapSize").getValue());
        } finally {
            hotSpot.setVMOption(LIMIT, before);
        }
    }
}
