import assert from 'node:assert/strict'
import { isIP } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { QHostAddress } from './index.ts'

const text = (written: string) => new QHostAddress(written).toString()

test('a name, or any text that is not an address, gives a null address and resolves nothing', () => {
  for (const written of [
    'localhost',
    'pas.une.ip',
    '',
    '256.1.1.1',
    '1.2.3.4.5',
    '1..2',
    '::1::',
    '12345::',
    '0x',
  ]) {
    assert.equal(new QHostAddress(written).isNull(), true, written)
    assert.equal(text(written), '')
    assert.equal(`${new QHostAddress(written).protocol()}`, 'UnknownNetworkLayerProtocol')
  }
})

test('old forms of IPv4 addresses and surrounding blanks are accepted', () => {
  for (const written of ['127.0.0.1', '127.1', '2130706433', ' 127.0.0.1 ', '0x7f.1', '0177.0.0.1']) {
    assert.equal(text(written), '127.0.0.1', written)
  }
})

test('IPv6 addresses are written in their short form', () => {
  assert.equal(text('0:0:0:0:0:0:0:1'), '::1')
  assert.equal(text('2001:DB8:0:0:1:0:0:1'), '2001:db8::1:0:0:1')
  assert.equal(text('::'), '::')
  assert.equal(text('::FFFF:127.0.0.1'), '::ffff:127.0.0.1')
  assert.equal(text('fe80::1%lo'), 'fe80::1%lo')
})

test('Any is both families, is written 0.0.0.0, and equals neither AnyIPv4 nor AnyIPv6', () => {
  assert.equal(QHostAddress.Any.toString(), '0.0.0.0')
  assert.equal(`${QHostAddress.Any.protocol()}`, 'AnyIPProtocol')
  assert.equal(QHostAddress.Any.equals(QHostAddress.AnyIPv4), false)
  assert.equal(QHostAddress.Any.equals(QHostAddress.AnyIPv6), false)
  assert.equal(QHostAddress.AnyIPv4.equals(new QHostAddress('0.0.0.0')), true)
})

test('an IPv4 address and its IPv6 form are different addresses with the same IPv4 number', () => {
  const plain = new QHostAddress('127.0.0.1')
  const mapped = new QHostAddress('::ffff:127.0.0.1')
  assert.equal(plain.equals(mapped), false)
  assert.equal(mapped.toIPv4Address(), plain.toIPv4Address())
  assert.equal(new QHostAddress('10.0.0.7').toIPv4Address(), 167772167)
  assert.equal(new QHostAddress('::1').toIPv4Address(), 0)
})

test('loopback, multicast and broadcast addresses are recognised', () => {
  const loopback = (written: string) => new QHostAddress(written).isLoopback()
  assert.deepEqual(['127.3.2.1', '::1', '::ffff:127.0.0.1', '10.0.0.1', '::'].map(loopback), [
    true,
    true,
    true,
    false,
    false,
  ])
  const multicast = (written: string) => new QHostAddress(written).isMulticast()
  assert.deepEqual(['224.0.0.1', '239.1.2.3', 'ff02::1', '240.0.0.1', 'fe80::1'].map(multicast), [
    true,
    true,
    true,
    false,
    false,
  ])
  assert.equal(QHostAddress.Broadcast.isBroadcast(), true)
  assert.equal(new QHostAddress('127.255.255.255').isBroadcast(), false)
})

test('every written address reads back as the same address', () => {
  const ipv6 = fc.ipV6().filter((written) => isIP(written) === 6)
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), ipv6), (written) => {
      const read = new QHostAddress(written)
      assert.equal(read.isNull(), false)
      const again = new QHostAddress(read.toString())
      assert.equal(again.equals(read), true)
      assert.equal(again.toString(), read.toString())
      assert.notEqual(isIP(read.toString()), 0)
    }),
  )
})

test('no text makes QHostAddress throw', () => {
  fc.assert(
    fc.property(fc.string(), (written) => {
      const address = new QHostAddress(written)
      assert.equal(address.isNull(), address.toString() === '')
    }),
  )
})
