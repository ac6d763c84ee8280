"""Open the points of a USD file in Blender 4.2 or newer: the right speed, range, sizes, colours and camera.

Blender runs it with `blender --python FILE`, or from its text editor. What can be set stands in capitals.
"""

from itertools import pairwise
from pathlib import Path

import bpy

FILE = "film.usdc"  # beside this script
FPS, FPS_BASE = 24, 1.0
FIRST, LAST = 1, 240
WIDTH, HEIGHT = 1920, 1080
POINT_SIZE = 1.0  # times as large as in the file; later the Size of the modifier


def main():
    """Do it all."""
    set_time(bpy.context.scene)
    objects = import_stage(str(folder() / FILE))
    nodes = make_nodes(make_material())
    for thing in objects:
        instances = any(modifier.type == "NODES" for modifier in thing.modifiers)  # they come without colours
        if thing.type in {"POINTCLOUD", "CURVES"} and not instances:
            thing.modifiers.new("revanim", "NODES").node_group = nodes
        if thing.type == "CAMERA":
            look_through(bpy.context.scene, thing)
    show_colors()


def folder():
    """Return where this script is, also when the text editor runs it."""
    text = getattr(bpy.context.space_data, "text", None)
    return Path(bpy.path.abspath(text.filepath) if text else __file__).parent


def set_time(scene):
    """Set the speed first: the import reads its time codes by it."""
    scene.render.fps, scene.render.fps_base = FPS, FPS_BASE
    scene.frame_start, scene.frame_end = FIRST, LAST
    scene.frame_set(FIRST)


def import_stage(path):
    """Return the new objects."""
    before = set(bpy.data.objects)
    bpy.ops.wm.usd_import(filepath=path, set_frame_range=False)
    return [thing for thing in bpy.data.objects if thing not in before]


def make_material():
    """Return a material in the colours of the file."""
    material = bpy.data.materials.new("revanim")
    if not material.use_nodes:  # from Blender 5 on it does anyway
        material.use_nodes = True
    tree = material.node_tree
    surface = next(node for node in tree.nodes if node.type == "BSDF_PRINCIPLED")
    color = tree.nodes.new("ShaderNodeAttribute")
    color.attribute_name, color.location = "displayColor", (-300, 300)
    tree.links.new(color.outputs["Color"], surface.inputs["Base Color"])
    surface.inputs["Roughness"].default_value = 0.5
    return material


def make_nodes(material):
    """Return geometry nodes that make points as large as one likes, and give all the material."""
    tree = bpy.data.node_groups.new("revanim", "GeometryNodeTree")
    tree.interface.new_socket("Geometry", in_out="INPUT", socket_type="NodeSocketGeometry")
    size = tree.interface.new_socket("Size", in_out="INPUT", socket_type="NodeSocketFloat")
    size.default_value, size.min_value = POINT_SIZE, 0.0
    tree.interface.new_socket("Geometry", in_out="OUTPUT", socket_type="NodeSocketGeometry")
    start, end = tree.nodes.new("NodeGroupInput"), tree.nodes.new("NodeGroupOutput")
    radius, product = tree.nodes.new("GeometryNodeInputRadius"), tree.nodes.new("ShaderNodeMath")
    product.operation = "MULTIPLY"
    points, paint = tree.nodes.new("GeometryNodeSetPointRadius"), tree.nodes.new("GeometryNodeSetMaterial")
    paint.inputs["Material"].default_value = material
    tree.links.new(radius.outputs[0], product.inputs[0])
    tree.links.new(start.outputs["Size"], product.inputs[1])
    tree.links.new(product.outputs[0], points.inputs["Radius"])
    chain = (start, points, paint, end)
    for one, other in pairwise(chain):
        tree.links.new(one.outputs[0], other.inputs[0])
    for column, node in enumerate((radius, product, *chain)):
        node.location = (200 * column - 600, 200 if node in (radius, product) else 0)
    return tree


def look_through(scene, camera):
    """Make pictures as the scene does."""
    scene.camera = camera
    scene.render.resolution_x, scene.render.resolution_y = WIDTH, HEIGHT


def show_colors():
    """Show materials in every view, and what the camera sees."""
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            if area.type == "VIEW_3D":
                area.spaces.active.shading.type = "MATERIAL"
                if bpy.context.scene.camera:
                    area.spaces.active.region_3d.view_perspective = "CAMERA"


main()
