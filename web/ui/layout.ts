/** The few shapes of a page. Their spacing props take one value, not one per width: that would need a <style> element. */
export { Anchor, Group, Stack, Text } from '@mantine/core'
